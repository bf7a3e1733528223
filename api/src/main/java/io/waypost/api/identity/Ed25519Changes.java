package io.waypost.api.identity;

import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Makes Ed25519 keys for domains that have RSA keys. Safe for all threads. */
final class Ed25519Changes {

    private final DkimKeys keys;
    private final Verification verification;
    private final Clock clock;

    Ed25519Changes(DkimKeys keys, Verification verification, Clock clock) {
        this.keys = keys;
        this.verification = verification;
        this.clock = clock;
    }

    /** With such a key; one that is there is looked for once more. */
    Dkim added(Scope scope, IdentityName name, Dkim dkim) throws IOException {
        return dkim.withEd25519(Optional.of(
                dkim.ed25519().isPresent()
                        ? dkim.ed25519().get().begun(verification, clock.instant())
                        : first(scope, name)));
    }

    /** With a new key that takes over when DNS shows it, where there is one at all and none is waited for. */
    Dkim renewed(Scope scope, IdentityName name, Dkim dkim) throws IOException {
        if (dkim.ed25519().isEmpty()) {
            return dkim;
        }
        Ed25519 there = dkim.ed25519().get();
        Instant now = clock.instant();
        if (there.next().isPresent()) {
            return dkim.withEd25519(Optional.of(there.begun(verification, now)));
        }
        if (!there.current().proof().holds()) {
            return dkim.withEd25519(Optional.of(first(scope, name)));
        }
        ProvedKey next = new ProvedKey(keys.makeEd25519(scope, name), Proof.pending(now));
        return dkim.withEd25519(Optional.of(new Ed25519(there.current(), Optional.of(next))));
    }

    private Ed25519 first(Scope scope, IdentityName name) throws IOException {
        Instant now = clock.instant();
        Proof proof = verification.begun(Proof.notStarted(now), now);
        return new Ed25519(new ProvedKey(keys.makeEd25519(scope, name), proof), Optional.empty());
    }
}
