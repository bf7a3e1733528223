package io.waypost.config;

import java.util.List;

/**
 * How the APIs of SES behave.
 *
 * @param regions that requests may be signed for, at least one; each has a state of its own
 * @param verify when an identity counts as verified
 * @param sandbox mail goes to verified recipients only
 * @param anyCredentials every caller is believed: for a developer's machine
 */
public record SesSettings(List<String> regions, Verify verify, boolean sandbox, boolean anyCredentials) {

    /** When an identity counts as verified. */
    public enum Verify {
        /** When DNS has its records. */
        DNS,
        /** When somebody asks for it. */
        AT_ONCE
    }

    public SesSettings {
        regions = List.copyOf(regions);
    }
}
