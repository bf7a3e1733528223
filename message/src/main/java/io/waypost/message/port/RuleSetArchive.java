package io.waypost.message.port;

import io.waypost.message.RuleSetVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Every rule set text that ever was active, by version: a mail accepted under a version is carried out under it, also after a
 * restart and whatever was saved since.
 */
public interface RuleSetArchive {

    /**
     * Stores a text under the next version of its name; the newest version is returned unchanged when its text is the same.
     * Durable when it returns.
     */
    RuleSetVersion publish(String name, String text, Instant at) throws IOException;

    /** The text of a version. */
    Optional<String> text(RuleSetVersion version) throws IOException;
}
