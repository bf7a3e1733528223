package io.waypost.rules.file;

/** Whether recipients of other domains than ours are faults. */
public enum Ownership {
    /** For files: such a recipient is a mistake that would take nobody. */
    REQUIRED,
    /**
     * For archived versions: the configuration may have lost a domain since, and accepted mail is still owed. Also where our domains
     * could not be read.
     */
    NOT_ASKED
}
