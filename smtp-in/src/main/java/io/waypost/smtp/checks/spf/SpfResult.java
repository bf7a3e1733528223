package io.waypost.smtp.checks.spf;

import io.waypost.message.Verdict;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What SPF says about one mail.
 *
 * @param identity which name was checked
 * @param domain the domain that was checked, in A-labels and lower case; as the sender wrote it where it is no domain name
 * @param sender {@code local@domain} as macros see it; holds what the sender wrote, quotes removed
 * @param mechanism the directive that decided, as the record has it; empty where none did
 * @param reason for people: one line of printable ASCII, never empty
 * @param explanation what the domain wants a refused sender to read (RFC 7208 6.2): printable ASCII, present only for {@code fail}, at
 *     most {@link #LONGEST_EXPLANATION} characters. It is a stranger's text: show it as such
 */
public record SpfResult(
        Result result,
        Identity identity,
        String domain,
        String sender,
        Optional<String> mechanism,
        String reason,
        Optional<String> explanation) {

    /** Longer explanations are cut: an SMTP reply line has 512 octets (RFC 5321 4.5.3.1.5). */
    public static final int LONGEST_EXPLANATION = 400;

    /** The results of RFC 7208 2.6, in the words of RFC 8601 2.7.2. */
    public enum Result {
        NONE(Verdict.Status.GRAY),
        NEUTRAL(Verdict.Status.GRAY),
        PASS(Verdict.Status.PASS),
        FAIL(Verdict.Status.FAIL),
        SOFTFAIL(Verdict.Status.GRAY),
        TEMPERROR(Verdict.Status.PROCESSING_FAILED),
        PERMERROR(Verdict.Status.PROCESSING_FAILED);

        private final Verdict.Status status;

        Result(Verdict.Status status) {
            this.status = status;
        }

        /** The verdict of Amazon SES. */
        public Verdict.Status status() {
            return status;
        }

        /** Lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The two names of a client that SPF knows (RFC 7208 2.3, 2.4). */
    public enum Identity {
        MAIL_FROM,
        HELO
    }

    /** As the mail keeps it. */
    public Verdict verdict(Duration took) {
        return new Verdict(result.status(), result.word(), reason, took);
    }
}
