package io.waypost.smtp.checks.arc;

import io.waypost.message.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The state of a mail's chain.
 *
 * @param reason why, one printable line; empty for a pass
 * @param sealers from the first to the newest; only of a chain that passes, since otherwise nobody vouches for them
 * @param oldestPass the oldest instance since which the mail was not changed (RFC 8617 5.2, step 5), as far as no question more had to
 *     be asked for it; only of a chain that passes
 */
public record ArcResult(Status status, String reason, List<Sealer> sealers, OptionalInt oldestPass) {

    /** RFC 8617 4.4, and what it has no word for. */
    public enum Status {
        /** There is no chain. */
        NONE,
        PASS,
        FAIL,
        /** A key could not be had now, so nobody knows. Never to be read as a pass. */
        UNKNOWN
    }

    public ArcResult {
        sealers = List.copyOf(sealers);
    }

    static ArcResult without(Status status, String reason) {
        return new ArcResult(status, reason, List.of(), OptionalInt.empty());
    }

    /** Who handled the mail last. */
    public Optional<Sealer> newest() {
        return sealers.isEmpty() ? Optional.empty() : Optional.of(sealers.getLast());
    }

    /**
     * As it is kept with the mail: GRAY for none, PROCESSING_FAILED for unknown.
     *
     * @param took how long the check was at work
     */
    public Verdict verdict(Duration took) {
        return switch (status) {
            case NONE -> new Verdict(Verdict.Status.GRAY, "none", reason, took);
            case PASS -> new Verdict(Verdict.Status.PASS, "pass", reason, took);
            case FAIL -> new Verdict(Verdict.Status.FAIL, "fail", reason, took);
            case UNKNOWN -> new Verdict(Verdict.Status.PROCESSING_FAILED, "temperror", reason, took);
        };
    }
}
