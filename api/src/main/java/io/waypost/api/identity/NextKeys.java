package io.waypost.api.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * New keys of an identity whose mail is signed already: they take over when DNS shows them, and until then the old ones sign.
 *
 * @param keys the first will sign
 * @param proof whether they are published; what failed is not looked for any more, and the old keys go on signing
 * @param length of the keys that are made next, once these are in use
 * @param generatedAt when the server made them
 */
public record NextKeys(
        Dkim.Origin origin, List<DkimKey> keys, Proof proof, KeyLength length, Optional<Instant> generatedAt) {

    public NextKeys {
        keys = List.copyOf(keys);
    }

    public NextKeys withProof(Proof changed) {
        return new NextKeys(origin, keys, changed, length, generatedAt);
    }
}
