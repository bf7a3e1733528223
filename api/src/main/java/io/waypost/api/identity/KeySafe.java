package io.waypost.api.identity;

import java.io.IOException;

/** Seals private keys for the store. Safe for all threads. */
public interface KeySafe {

    /**
     * Seals.
     *
     * @param belongsTo what the secret is for; whoever opens it must say the same
     * @throws IOException when the master key cannot be used, with the reason in its message
     */
    String seal(byte[] secret, String belongsTo) throws IOException;

    /**
     * Opens what {@link #seal} made.
     *
     * @throws IOException when the master key is missing or another, or the text was changed or sealed for something else
     */
    byte[] open(String sealed, String belongsTo) throws IOException;
}
