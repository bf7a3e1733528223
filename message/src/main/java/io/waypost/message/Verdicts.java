package io.waypost.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything the checks found about one mail: made before it is accepted, committed with it, never changed.
 *
 * @param spf whether the client may send for the envelope sender's domain (RFC 7208)
 * @param dkim the signatures (RFC 6376)
 * @param dmarc whether the author's domain is authenticated (RFC 9989)
 * @param arc the chain of servers that handled the mail before (RFC 8617)
 * @param spam what the spam scanner said
 * @param virus what the virus scanner said; its result is the virus' name where one was found
 * @param client what is known about the client's address
 */
public record Verdicts(Verdict spf, Dkim dkim, Dmarc dmarc, Verdict arc, Spam spam, Verdict virus, ClientFacts client) {

    /** Of a mail that no check has seen: one that Waypost made itself, or one accepted before there were checks. */
    public static final Verdicts NONE = new Verdicts(
            Verdict.disabled(),
            new Dkim(Verdict.disabled(), List.of()),
            new Dmarc(Verdict.disabled(), Optional.empty()),
            Verdict.disabled(),
            new Spam(Verdict.disabled(), OptionalDouble.empty(), List.of()),
            Verdict.disabled(),
            new ClientFacts(Optional.empty(), List.of()));

    /** The check a verdict belongs to. */
    public enum Check {
        SPF,
        DKIM,
        DMARC,
        ARC,
        SPAM,
        VIRUS
    }

    /**
     * All signatures of a mail.
     *
     * @param verdict PASS when one of them passes
     * @param signatures each one that was looked at, from the top
     */
    public record Dkim(Verdict verdict, List<Signature> signatures) {
        public Dkim {
            signatures = List.copyOf(signatures);
        }
    }

    /**
     * One DKIM signature.
     *
     * @param domain its signing domain ({@code d=}), empty where it cannot be read
     * @param selector {@code s=}, empty where it cannot be read
     * @param result the word of RFC 8601 2.7.1
     * @param reason why; for a pass empty, or what is to be said about its key
     */
    public record Signature(String domain, String selector, String result, String reason) {}

    /**
     * The author's domain.
     *
     * @param verdict PASS when it is authenticated
     * @param policy what the domain asks to be done with mail that fails: present whenever a policy was found
     */
    public record Dmarc(Verdict verdict, Optional<Policy> policy) {
        /** {@code p=} of RFC 9989, as it applies to this mail. */
        public enum Policy {
            NONE,
            QUARANTINE,
            REJECT
        }
    }

    /**
     * The spam scanner's answer.
     *
     * @param score the higher, the more like spam; empty where the scanner was not asked or did not answer
     * @param symbols names of what it recognised
     */
    public record Spam(Verdict verdict, OptionalDouble score, List<String> symbols) {
        public Spam {
            symbols = List.copyOf(symbols);
        }
    }

    /**
     * What DNS says about the client's address.
     *
     * @param reverseName its name, confirmed: the name has this address, too (RFC 8601 3, {@code iprev})
     * @param listings the block lists it stands on, each by its zone
     */
    public record ClientFacts(Optional<String> reverseName, List<String> listings) {
        public ClientFacts {
            listings = List.copyOf(listings);
        }
    }

    /** The verdict of one check. */
    public Verdict of(Check check) {
        return switch (check) {
            case SPF -> spf;
            case DKIM -> dkim.verdict();
            case DMARC -> dmarc.verdict();
            case ARC -> arc;
            case SPAM -> spam.verdict();
            case VIRUS -> virus;
        };
    }

    /** As a rule sees them that asked for no scan: spam and virus are DISABLED for it, whoever else asked. */
    public Verdicts withoutScan() {
        return new Verdicts(spf, dkim, dmarc, arc, NONE.spam, NONE.virus, client);
    }
}
