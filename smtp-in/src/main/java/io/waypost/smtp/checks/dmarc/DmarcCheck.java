package io.waypost.smtp.checks.dmarc;

import io.waypost.message.Verdicts.Dmarc.Policy;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.author.Author;
import io.waypost.smtp.checks.dmarc.AlignmentCheck.Identifier;
import io.waypost.smtp.checks.dmarc.DmarcResult.Alignment;
import io.waypost.smtp.checks.dmarc.DmarcResult.Mechanism;
import io.waypost.smtp.checks.dmarc.DmarcResult.Result;
import io.waypost.smtp.checks.syntax.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * DMARC as a mail's receiver sees it (RFC 9989 5.3). Blocks while DNS is asked, never throws: eight questions for the author's domain,
 * one whether it exists, and at most eight for each of at most {@link AlignmentCheck#MOST_WALKS} authenticated domains in its
 * neighbourhood; no question twice.
 */
public final class DmarcCheck {

    private final DomainName author;
    private final PolicyRecords records;
    private final List<Identifier> identifiers;
    private final boolean someUnknown;

    private DmarcCheck(DomainName author, PolicyRecords records, List<Identifier> identifiers, boolean someUnknown) {
        this.author = author;
        this.records = records;
        this.identifiers = identifiers;
        this.someUnknown = someUnknown;
    }

    /**
     * Judges one mail.
     *
     * @param header all fields of its header
     * @param spfPassedDomain the domain of MAIL FROM, or of HELO where MAIL FROM is null (RFC 7208 2.4), where SPF says pass for it
     * @param dkimPassedDomains {@code d=} of each signature that passes
     * @param someUnknown SPF or a signature ended as temperror: what is not aligned now might have been
     */
    public static DmarcResult check(
            List<HeaderBlock.Field> header,
            Optional<String> spfPassedDomain,
            List<String> dkimPassedDomains,
            boolean someUnknown,
            Dns dns) {
        return switch (Author.of(header)) {
            case Author.One(DomainName domain) ->
                new DmarcCheck(
                                domain,
                                new PolicyRecords(dns),
                                identifiers(spfPassedDomain, dkimPassedDomains),
                                someUnknown)
                        .judge();
            // RFC 9989 5.3.1 ends here, and 11.5 warns of who counts on it: such a mail is not authenticated.
            case Author.Several(List<DomainName> domains) ->
                unjudged(domains.size() + " author domains: " + domains.get(0) + ", " + domains.get(1));
            case Author.Unusable(String reason) -> unjudged(reason);
        };
    }

    private static List<Identifier> identifiers(Optional<String> spf, List<String> dkim) {
        return Stream.concat(
                        dkim.stream().distinct().map(domain -> identifier(Mechanism.DKIM, domain)),
                        spf.stream().map(domain -> identifier(Mechanism.SPF, domain)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Identifier> identifier(Mechanism mechanism, String domain) {
        return DomainName.of(domain).map(name -> new Identifier(mechanism, name));
    }

    private static DmarcResult unjudged(String reason) {
        return new DmarcResult(
                Result.FAIL, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), reason);
    }

    /** RFC 9989 4.10.1: the author's domain's own record, or what a walk finds above. */
    private DmarcResult judge() {
        return switch (records.at(author)) {
            case PolicyRecords.Unknown(String reason) -> without(Result.TEMPERROR, reason);
            case PolicyRecords.Found(DmarcRecord record) -> apply(new TreeWalk.Step(author, record));
            case PolicyRecords.Absent() -> {
                TreeWalk walk = TreeWalk.from(author, records);
                yield walk.unknown()
                        .map(reason -> without(Result.TEMPERROR, reason))
                        .or(() -> walk.policy().map(this::apply))
                        .orElseGet(() -> without(Result.NONE, "no DMARC record for " + author));
            }
        };
    }

    private DmarcResult apply(TreeWalk.Step step) {
        if (step.record().unusable()) {
            // RFC 9989 4.10.1: no DMARC for this mail; 9.2 names the case.
            return with(step, Result.PERMERROR, Optional.empty(), Optional.empty(), "a policy that cannot be read");
        }
        Optional<Policy> policy = policy(step);
        AlignmentCheck.Outcome outcome = new AlignmentCheck(author, step.record(), records).of(identifiers);
        if (outcome.alignment().isPresent()) {
            Alignment alignment = outcome.alignment().get();
            String by = alignment.mechanism() == Mechanism.SPF ? "spf" : "dkim";
            return with(step, Result.PASS, policy, outcome.alignment(), "aligned: " + by + " " + alignment.domain());
        }
        // RFC 9989 5.3.6: where something is not known, the mail can neither pass nor fail.
        if (outcome.unknown().isPresent()) {
            return with(
                    step,
                    Result.TEMPERROR,
                    policy,
                    Optional.empty(),
                    outcome.unknown().get());
        }
        if (someUnknown) {
            return with(step, Result.TEMPERROR, policy, Optional.empty(), "SPF or DKIM could not be evaluated");
        }
        return policy.isPresent()
                ? with(step, Result.FAIL, policy, Optional.empty(), notAligned())
                : with(step, Result.TEMPERROR, policy, Optional.empty(), "whether " + author + " exists is not known");
    }

    /** What the owner asks for (RFC 9989 4.7, 4.10.1); empty where DNS does not tell which of its tags applies. */
    private Optional<Policy> policy(TreeWalk.Step step) {
        DmarcRecord record = step.record();
        Policy subdomains = record.subdomains().orElse(record.policy());
        Optional<Policy> asked;
        if (step.domain().equals(author)) {
            asked = Optional.of(record.policy());
        } else if (record.nonExistent().isEmpty() || record.nonExistent().get() == subdomains) {
            asked = Optional.of(subdomains);
        } else {
            asked = records.exists(author)
                    .map(exists -> exists ? subdomains : record.nonExistent().get());
        }
        return record.testing() ? asked.map(DmarcCheck::milder) : asked;
    }

    /** {@code t=y}: one level below (RFC 9989 4.7). */
    private static Policy milder(Policy policy) {
        return policy == Policy.REJECT ? Policy.QUARANTINE : Policy.NONE;
    }

    private String notAligned() {
        return identifiers.isEmpty()
                ? "nothing authenticated"
                : "not aligned: "
                        + identifiers.stream()
                                .map(identifier -> identifier.domain().name())
                                .distinct()
                                .limit(5)
                                .collect(Collectors.joining(", "));
    }

    private DmarcResult without(Result result, String reason) {
        return new DmarcResult(
                result,
                Optional.of(author.name()),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                reason);
    }

    private DmarcResult with(
            TreeWalk.Step step, Result result, Optional<Policy> policy, Optional<Alignment> alignment, String reason) {
        return new DmarcResult(
                result,
                Optional.of(author.name()),
                policy,
                step.record().testing(),
                Optional.of(step.domain().name()),
                alignment,
                reason);
    }
}
