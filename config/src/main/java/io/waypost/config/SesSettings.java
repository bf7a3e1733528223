package io.waypost.config;

import java.util.List;

/**
 * How the APIs of SES behave.
 *
 * @param regions that requests may be signed for, at least one; each has a state of its own
 * @param verify when an identity counts as verified
 * @param sandbox mail goes to verified recipients only, and little of it
 * @param quota what an account may send that is not in the sandbox
 * @param anyCredentials every caller is believed: for a developer's machine
 */
public record SesSettings(List<String> regions, Verify verify, boolean sandbox, Quota quota, boolean anyCredentials) {

    /** When an identity counts as verified. */
    public enum Verify {
        /** When DNS has its records. */
        DNS,
        /** When somebody asks for it. */
        AT_ONCE
    }

    /**
     * What an account may send.
     *
     * @param perDay recipients in 24 hours; -1 for any number
     * @param perSecond recipients a second
     */
    public record Quota(int perDay, int perSecond) {

        /** Any number, a thousand a second. */
        public static final Quota STANDARD = new Quota(-1, 1_000);
    }

    public SesSettings {
        regions = List.copyOf(regions);
    }
}
