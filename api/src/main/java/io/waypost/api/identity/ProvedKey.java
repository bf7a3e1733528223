package io.waypost.api.identity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key with a proof of its own.
 *
 * @param proof whether its record is published
 */
public record ProvedKey(DkimKey key, Proof proof) {

    /** This after DNS was asked; the same where nobody asked for this key. */
    ProvedKey after(Map<DkimKey, Finding> found, Instant now) {
        @Nullable Finding finding = found.get(key);
        return finding == null ? this : new ProvedKey(key, proof.after(finding, now));
    }

    ProvedKey begun(Verification verification, Instant now) {
        return new ProvedKey(key, verification.begun(proof, now));
    }
}
