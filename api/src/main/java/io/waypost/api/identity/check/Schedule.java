package io.waypost.api.identity.check;

import io.waypost.api.identity.Identity;
import io.waypost.api.identity.MailFrom;
import io.waypost.api.identity.NextKeys;
import io.waypost.api.identity.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often an identity is looked at: a proof that is waited for after a quarter of the time that it has been waited for, from ten
 * seconds to an hour; one that holds twice a day; one that failed never.
 */
final class Schedule {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration HELD = Duration.ofHours(12);

    private Schedule() {}

    /** The time from one look to the next; nothing when there is nothing to look for. */
    static Optional<Duration> pause(Identity identity, Instant now) {
        return Stream.concat(
                        proofs(identity).stream().flatMap(proof -> pause(proof, now).stream()),
                        // Not to be found, but to be forgotten when its time is over.
                        identity.dkim().retired().stream().map(_ -> HELD))
                .min(Duration::compareTo);
    }

    /** Whether anything is waited for. */
    static boolean isOpen(Identity identity) {
        return proofs(identity).stream().anyMatch(Proof::isOpen);
    }

    private static List<Proof> proofs(Identity identity) {
        List<Proof> proofs = new ArrayList<>();
        Proof ownership = identity.ownership().proof();
        // The owner of an address answers by himself; only that he has not is found here.
        if (!identity.configured() && (!identity.name().isAddress() || ownership.isOpen())) {
            proofs.add(ownership);
        }
        proofs.add(identity.dkim().proof());
        identity.dkim().next().map(NextKeys::proof).ifPresent(proofs::add);
        identity.dkim().ed25519().ifPresent(ed25519 -> ed25519.all().forEach(key -> proofs.add(key.proof())));
        identity.mailFrom().map(MailFrom::proof).ifPresent(proofs::add);
        return proofs;
    }

    private static Optional<Duration> pause(Proof proof, Instant now) {
        return switch (proof.state()) {
            case NOT_STARTED, FAILED -> Optional.empty();
            case SUCCESS -> Optional.of(HELD);
            case PENDING, TEMPORARY_FAILURE -> {
                Duration waited = Duration.between(proof.since(), now).dividedBy(4);
                Duration atLeast = waited.compareTo(SHORTEST) < 0 ? SHORTEST : waited;
                yield Optional.of(atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast);
            }
        };
    }
}
