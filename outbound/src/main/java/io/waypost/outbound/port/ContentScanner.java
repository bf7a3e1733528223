package io.waypost.outbound.port;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.util.Optional;

/** Looks for what must not be sent. Safe for all threads; blocks for a bounded time. */
@FunctionalInterface
public interface ContentScanner {

    /** Looks at nothing. */
    ContentScanner NONE = content -> Optional.empty();

    /**
     * What is wrong with it, in a word such as a virus' name; empty when nothing is.
     *
     * @throws IOException when it cannot be looked at now
     */
    Optional<String> find(MessageContent content) throws IOException;
}
