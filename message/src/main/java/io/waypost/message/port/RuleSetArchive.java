package io.waypost.message.port;

import io.waypost.message.RuleSetVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The rule set texts that were active, by version: a mail accepted under a version is carried out under it, also after a
 * restart and whatever was saved since.
 */
public interface RuleSetArchive {

    /**
     * Stores a text under the next version of its name; the newest version is returned unchanged when its text is the same.
     * Durable when it returns.
     */
    RuleSetVersion publish(String name, String text, Instant at) throws IOException;

    /**
     * Forgets texts that nobody needs: all but the newest of each name, those that are active, and those that an unsettled mail was
     * accepted under (a dead effect's, too). Versions go on being counted from the newest. From here on {@link Spool#commit} refuses, for
     * now, a mail that was planned under another version, since its text may be gone.
     *
     * @param keep how many of each name stay in any case, at least 1
     * @param active the versions that plans are made under; no other may become active but by {@link #publish}, and none is while this
     *     runs
     * @return how many were forgotten
     */
    int forget(int keep, Set<RuleSetVersion> active) throws IOException;

    /** The text of a version; empty when there never was one, or it is forgotten. */
    Optional<String> text(RuleSetVersion version) throws IOException;
}
