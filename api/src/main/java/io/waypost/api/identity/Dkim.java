package io.waypost.api.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How mail of an identity is signed.
 *
 * @param enabled whether mail is signed once the proof holds
 * @param origin who made the keys
 * @param keys the first signs, the others are in reserve; none before DKIM was asked for
 * @param proof whether all keys are published
 * @param nextLength of the keys that are made next
 * @param generatedAt when the server made the keys
 */
public record Dkim(
        boolean enabled,
        Origin origin,
        List<DkimKey> keys,
        Proof proof,
        KeyLength nextLength,
        Optional<Instant> generatedAt) {

    /** Who made the keys; the words of the API of 2019. */
    public enum Origin {
        /** The server. */
        AWS_SES,
        /** The caller ("bring your own DKIM"). */
        EXTERNAL
    }

    public Dkim {
        keys = List.copyOf(keys);
    }

    /** Nobody has asked for DKIM. */
    public static Dkim none(Instant now) {
        return new Dkim(
                false, Origin.AWS_SES, List.of(), Proof.notStarted(now), KeyLength.RSA_2048_BIT, Optional.empty());
    }

    public Dkim withEnabled(boolean on) {
        return new Dkim(on, origin, keys, proof, nextLength, generatedAt);
    }

    public Dkim withProof(Proof changed) {
        return new Dkim(enabled, origin, keys, changed, nextLength, generatedAt);
    }

    /** The selectors, as SES' tokens. */
    public List<String> tokens() {
        return keys.stream().map(DkimKey::selector).toList();
    }
}
