package io.waypost.outbound.exchange;

import io.waypost.message.StatusCode;
import java.util.List;

/** Who takes the mail for a domain. */
public sealed interface Exchanges {

    /**
     * These do.
     *
     * @param inOrder at least one, the first to be tried first
     */
    record Found(List<Exchange> inOrder) implements Exchanges {
        public Found {
            inOrder = List.copyOf(inOrder);
        }
    }

    /**
     * Nobody, and that will not change by waiting.
     *
     * @param status kind 5
     */
    record Nobody(StatusCode status, String reason) implements Exchanges {}

    /** It cannot be told now. */
    record Unknown(String reason) implements Exchanges {}
}
