package io.waypost.smtp.checks.dmarc;

import io.waypost.smtp.checks.dmarc.DmarcRecord.PublicSuffix;
import io.waypost.smtp.checks.syntax.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The DNS Tree Walk (RFC 9989 4.10): what stands between a domain and the top of DNS.
 *
 * @param start where it began
 * @param found the policy records on the way, from the longest name
 * @param unknown why the walk could not be ended; what was found says nothing then
 */
record TreeWalk(DomainName start, List<Step> found, Optional<String> unknown) {

    /** RFC 9989 4.10: eight questions at the most, the first for the whole name, the others for its last labels. */
    static final int LONGEST = 8;

    /** A policy record and its domain. */
    record Step(DomainName domain, DmarcRecord record) {}

    static TreeWalk from(DomainName start, PolicyRecords records) {
        List<Step> found = new ArrayList<>();
        Optional<DomainName> next = Optional.of(start);
        while (next.isPresent()) {
            DomainName target = next.get();
            switch (records.at(target)) {
                case PolicyRecords.Unknown(String reason) -> {
                    return new TreeWalk(start, List.of(), Optional.of(reason));
                }
                case PolicyRecords.Found(DmarcRecord record) -> {
                    found.add(new Step(target, record));
                    if (record.publicSuffix() != PublicSuffix.UNSAID) {
                        return new TreeWalk(start, found, Optional.empty());
                    }
                }
                case PolicyRecords.Absent() -> {}
            }
            next = above(target);
        }
        return new TreeWalk(start, found, Optional.empty());
    }

    /** RFC 9989 4.10 steps 4 and 7. */
    private static Optional<DomainName> above(DomainName target) {
        return target.labels() >= LONGEST ? Optional.of(target.last(LONGEST - 1)) : target.parent();
    }

    /** The Organizational Domain of where the walk began (RFC 9989 4.10.2). */
    DomainName organizationalDomain() {
        for (Step step : found) {
            if (step.record.publicSuffix() == PublicSuffix.NO) {
                return step.domain;
            }
            if (step.record.publicSuffix() == PublicSuffix.YES && !step.domain.equals(start)) {
                return start.last(step.domain.labels() + 1);
            }
        }
        return found.isEmpty() ? start : found.getLast().domain;
    }

    /** The record that applies to a domain without one of its own: of its organization, else of its public suffix (4.10.1). */
    Optional<Step> policy() {
        DomainName organization = organizationalDomain();
        return found.stream()
                .filter(step -> step.domain.equals(organization))
                .findFirst()
                .or(() -> found.stream()
                        .filter(step -> step.record.publicSuffix() == PublicSuffix.YES)
                        .findFirst());
    }
}
