package io.waypost.smtp.checks;

import java.time.Duration;
import java.util.Set;

/**
 * What an operator decides about the checks of mails.
 *
 * @param hostname who says so: the authserv-id of RFC 8601 2.2
 * @param enforce a mail is refused where a check that must be carried out cannot be; otherwise all is only recorded
 * @param timeout for all checks of a mail together, from the end of its data
 * @param trustedSealers domains whose ARC seal vouches for a mail that fails DMARC, lower case
 */
public record CheckSettings(
        String hostname,
        boolean enforce,
        Duration timeout,
        boolean spf,
        boolean dkim,
        boolean dmarc,
        boolean arc,
        Set<String> trustedSealers,
        OnFailure spamOnFailure,
        OnFailure virusOnFailure) {

    /** What becomes of a mail that a scanner could not scan. */
    public enum OnFailure {
        /** 4yz: the client tries again later. */
        DEFER,
        /** It passes, with the verdict PROCESSING_FAILED. */
        MARK,
        /** 5yz. */
        REFUSE
    }

    public CheckSettings {
        trustedSealers = Set.copyOf(trustedSealers);
    }
}
