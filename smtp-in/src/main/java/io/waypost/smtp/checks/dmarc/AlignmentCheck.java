package io.waypost.smtp.checks.dmarc;

import io.waypost.smtp.checks.dmarc.DmarcResult.Alignment;
import io.waypost.smtp.checks.dmarc.DmarcResult.Mechanism;
import io.waypost.smtp.checks.syntax.DomainName;
import java.util.List;
import java.util.Optional;

/** Identifier Alignment (RFC 9989 4.4, 4.10.2): whether one of the authenticated domains stands for the author's. */
final class AlignmentCheck {

    /** More walks than any honest mail needs: a bound on what one mail can have asked. */
    static final int MOST_WALKS = 10;

    /** A domain that SPF or DKIM authenticated. */
    record Identifier(Mechanism mechanism, DomainName domain) {}

    /** Either of both may be empty: none is aligned, and all is known. */
    record Outcome(Optional<Alignment> alignment, Optional<String> unknown) {}

    private final DomainName author;
    private final DmarcRecord record;
    private final PolicyRecords records;

    AlignmentCheck(DomainName author, DmarcRecord record, PolicyRecords records) {
        this.author = author;
        this.record = record;
        this.records = records;
    }

    Outcome of(List<Identifier> identifiers) {
        for (Identifier identifier : identifiers) {
            if (identifier.domain.equals(author)) {
                return aligned(identifier);
            }
        }
        // An Organizational Domain is its domain or above it: names without a common end cannot share one.
        List<Identifier> candidates = identifiers.stream()
                .filter(identifier ->
                        isRelaxed(identifier) && identifier.domain.last(1).equals(author.last(1)))
                .toList();
        return candidates.isEmpty() ? new Outcome(Optional.empty(), Optional.empty()) : relaxed(candidates);
    }

    private Outcome relaxed(List<Identifier> candidates) {
        TreeWalk authors = TreeWalk.from(author, records);
        if (authors.unknown().isPresent()) {
            return new Outcome(Optional.empty(), authors.unknown());
        }
        DomainName organization = authors.organizationalDomain();
        Optional<String> unknown = Optional.empty();
        List<Identifier> within = candidates.stream()
                .filter(identifier -> identifier.domain.isWithin(organization))
                .limit(MOST_WALKS)
                .toList();
        for (Identifier identifier : within) {
            TreeWalk walk = TreeWalk.from(identifier.domain, records);
            if (walk.unknown().isPresent()) {
                unknown = walk.unknown();
            } else if (walk.organizationalDomain().equals(organization)) {
                return aligned(identifier);
            }
        }
        return new Outcome(Optional.empty(), unknown);
    }

    private boolean isRelaxed(Identifier identifier) {
        return switch (identifier.mechanism) {
            case SPF -> !record.strictSpf();
            case DKIM -> !record.strictDkim();
        };
    }

    private static Outcome aligned(Identifier identifier) {
        return new Outcome(
                Optional.of(new Alignment(identifier.mechanism, identifier.domain.name())), Optional.empty());
    }
}
