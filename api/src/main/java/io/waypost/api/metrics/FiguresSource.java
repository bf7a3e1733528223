package io.waypost.api.metrics;

import io.waypost.message.port.Ledger;
import java.io.IOException;

/** Where the ledger's figures come from; may block and may fail. */
@FunctionalInterface
public interface FiguresSource {

    Ledger.Figures figures() throws IOException;
}
