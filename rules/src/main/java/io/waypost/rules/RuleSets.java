package io.waypost.rules;

import io.waypost.message.RuleSetVersion;
import java.io.IOException;

/** Finds the rules a mail was accepted under: the active version from memory, older ones from the archive. */
@FunctionalInterface
public interface RuleSets {

    /**
     * @throws IOException when the version's text cannot be had now; the caller tries again later
     */
    Rules find(RuleSetVersion version) throws IOException;
}
