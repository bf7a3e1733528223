package io.waypost.api.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether an identity is the account's.
 *
 * @param token what {@code _amazonses.DOMAIN} must say; none for addresses
 * @param confirmation the link that was sent last; none for domains
 */
public record Ownership(Proof proof, Optional<String> token, Optional<Confirmation> confirmation) {

    /** Nobody has been asked, and nobody needs to be: the server's file says whose it is. */
    static Ownership notStarted(Instant now) {
        return new Ownership(Proof.notStarted(now), Optional.empty(), Optional.empty());
    }

    public Ownership withProof(Proof changed) {
        return new Ownership(changed, token, confirmation);
    }

    public Ownership withToken(String changed) {
        return new Ownership(proof, Optional.of(changed), confirmation);
    }

    public Ownership withConfirmation(Optional<Confirmation> changed) {
        return new Ownership(proof, token, changed);
    }

    @Override
    public String toString() {
        return "Ownership[" + proof + "]";
    }
}
