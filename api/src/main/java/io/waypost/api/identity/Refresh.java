package io.waypost.api.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks into DNS for somebody who waits. */
public interface Refresh {

    /** Brings those that wait for a proof up to date, unless that has just been tried; returns after two seconds at the latest. */
    void now(List<Identity> identities);

    /** When somebody last looked for an identity's proofs, if anybody did since the server started. */
    Optional<Instant> lastLooked(Identity identity);
}
