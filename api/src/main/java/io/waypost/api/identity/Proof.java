package io.waypost.api.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one proof stands: of an identity, of its DKIM keys, of its MAIL FROM domain.
 *
 * @param since when it began to be in this state
 * @param lastSuccess when it last became {@code SUCCESS}
 * @param fault why it is not there
 */
public record Proof(VerificationState state, Instant since, Optional<Instant> lastSuccess, Optional<Finding> fault) {

    /** How long a proof may take to come, or be gone (SES: 72 hours). */
    public static final Duration PATIENCE = Duration.ofHours(72);

    public static Proof notStarted(Instant now) {
        return new Proof(VerificationState.NOT_STARTED, now, Optional.empty(), Optional.empty());
    }

    public static Proof pending(Instant now) {
        return new Proof(VerificationState.PENDING, now, Optional.empty(), Optional.empty());
    }

    public static Proof success(Instant now) {
        return new Proof(VerificationState.SUCCESS, now, Optional.of(now), Optional.empty());
    }

    /** Whether it counts. A proof that vanished counts until patience ends: a slip in DNS must not turn mail away. */
    public boolean holds() {
        return state == VerificationState.SUCCESS || state == VerificationState.TEMPORARY_FAILURE;
    }

    /** Whether it is waited for. */
    public boolean isOpen() {
        return state == VerificationState.PENDING || state == VerificationState.TEMPORARY_FAILURE;
    }

    /** This proof, begun anew unless it holds or is waited for already. */
    public Proof begun(Instant now) {
        return holds() || isOpen() ? this : new Proof(VerificationState.PENDING, now, lastSuccess, Optional.empty());
    }

    /** This proof after somebody looked. */
    public Proof after(Finding finding, Instant now) {
        boolean late = !now.isBefore(since.plus(PATIENCE));
        return switch (state) {
            case NOT_STARTED, FAILED -> this;
            case PENDING -> found(finding, now, late);
            // A DNS server that does not answer proves nothing against a proof that was there.
            case TEMPORARY_FAILURE -> found(finding, now, late && finding != Finding.DNS_SERVER_ERROR);
            case SUCCESS ->
                finding == Finding.PRESENT || finding == Finding.DNS_SERVER_ERROR
                        ? this
                        : new Proof(VerificationState.TEMPORARY_FAILURE, now, lastSuccess, Optional.of(finding));
        };
    }

    private Proof found(Finding finding, Instant now, boolean late) {
        if (finding == Finding.PRESENT) {
            return success(now);
        }
        return late
                ? new Proof(VerificationState.FAILED, now, lastSuccess, Optional.of(finding))
                : new Proof(state, since, lastSuccess, Optional.of(finding));
    }
}
