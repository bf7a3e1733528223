package io.waypost.outbound.port;

import io.waypost.message.Scope;
import java.io.IOException;
import java.util.Optional;

/** The configuration sets by name. Safe for all threads; asked for every mail, so answers are in memory. */
@FunctionalInterface
public interface ConfigurationSets {

    Optional<ConfigurationSet> find(Scope scope, String name) throws IOException;
}
