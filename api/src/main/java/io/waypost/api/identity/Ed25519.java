package io.waypost.api.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Ed25519 key whose signature stands beside RSA's, for verifiers that know it (RFC 8463 3). SES knows no such key, so its APIs show
 * nothing of it.
 *
 * @param next what takes its place as soon as DNS shows it
 */
public record Ed25519(ProvedKey current, Optional<ProvedKey> next) {

    /** Whether mail is signed with it: RSA signs as well, so nothing is lost while DNS does not show this one. */
    public boolean signs() {
        return current.proof().state() == VerificationState.SUCCESS;
    }

    /** The key, and the one that is to come. */
    public List<ProvedKey> all() {
        return Stream.concat(Stream.of(current), next.stream()).toList();
    }

    Ed25519 after(Map<DkimKey, Finding> found, Instant now) {
        return new Ed25519(current.after(found, now), next.map(it -> it.after(found, now)));
    }

    Ed25519 begun(Verification verification, Instant now) {
        return new Ed25519(current.begun(verification, now), next.map(it -> it.begun(verification, now)));
    }
}
