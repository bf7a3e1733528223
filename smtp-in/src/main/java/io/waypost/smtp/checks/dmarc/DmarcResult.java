package io.waypost.smtp.checks.dmarc;

import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.Verdicts.Dmarc.Policy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What DMARC says about a mail.
 *
 * @param result the word of the registry (RFC 9989 9.2)
 * @param fromDomain the author's domain as A-labels; empty where the From field does not say one that all readers agree about
 * @param policy what the owner asks to be done with a mail that fails, as it applies to this one: {@code p=}, {@code sp=} or
 *     {@code np=}, a step milder under {@code t=y}; empty where no usable policy was found
 * @param testing the owner says {@code t=y}
 * @param policyDomain where the policy record stands
 * @param alignment what the author's domain is authenticated by: present for a pass only
 * @param reason one line for people
 */
public record DmarcResult(
        Result result,
        Optional<String> fromDomain,
        Optional<Policy> policy,
        boolean testing,
        Optional<String> policyDomain,
        Optional<Alignment> alignment,
        String reason) {

    /** RFC 9989 9.2. */
    public enum Result {
        NONE,
        PASS,
        FAIL,
        TEMPERROR,
        PERMERROR;

        /** As it stands in an Authentication-Results field. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What authenticated a domain. */
    public enum Mechanism {
        SPF,
        DKIM
    }

    /** An authenticated identifier that is aligned with the author's domain (RFC 9989 4.4). */
    public record Alignment(Mechanism mechanism, String domain) {}

    /** In the words that all checks share. */
    public Verdicts.Dmarc verdict(Duration took) {
        Verdict.Status status =
                switch (result) {
                    case PASS -> Verdict.Status.PASS;
                    case FAIL -> Verdict.Status.FAIL;
                    case NONE -> Verdict.Status.GRAY;
                    case TEMPERROR, PERMERROR -> Verdict.Status.PROCESSING_FAILED;
                };
        return new Verdicts.Dmarc(new Verdict(status, result.word(), reason, took), policy);
    }
}
