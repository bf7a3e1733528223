package io.waypost.api.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How mail of an identity is signed.
 *
 * @param enabled whether mail is signed once the proof holds
 * @param origin who made the keys
 * @param keys of RSA; the first signs, the others are in reserve; none before DKIM was asked for
 * @param proof whether all keys are published
 * @param nextLength of the keys that are made next
 * @param generatedAt when the server made the newest of the keys
 * @param next what signs as soon as DNS shows it
 * @param ed25519 what signs as well, where the operator wants it
 * @param retired what must stay published for mail that is on its way, oldest first
 */
public record Dkim(
        boolean enabled,
        Origin origin,
        List<DkimKey> keys,
        Proof proof,
        KeyLength nextLength,
        Optional<Instant> generatedAt,
        Optional<NextKeys> next,
        Optional<Ed25519> ed25519,
        List<RetiredKey> retired) {

    /** Who made the keys; the words of the API of 2019. */
    public enum Origin {
        /** The server. */
        AWS_SES,
        /** The caller ("bring your own DKIM"). */
        EXTERNAL
    }

    public Dkim {
        keys = List.copyOf(keys);
        retired = List.copyOf(retired);
    }

    /** Nobody has asked for DKIM. */
    public static Dkim none(Instant now) {
        return new Dkim(
                false,
                Origin.AWS_SES,
                List.of(),
                Proof.notStarted(now),
                KeyLength.RSA_2048_BIT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public Dkim withEnabled(boolean on) {
        return new Dkim(on, origin, keys, proof, nextLength, generatedAt, next, ed25519, retired);
    }

    public Dkim withProof(Proof changed) {
        return new Dkim(enabled, origin, keys, changed, nextLength, generatedAt, next, ed25519, retired);
    }

    public Dkim withNext(Optional<NextKeys> changed) {
        return new Dkim(enabled, origin, keys, proof, nextLength, generatedAt, changed, ed25519, retired);
    }

    Dkim withKeys(List<DkimKey> changed) {
        return new Dkim(enabled, origin, changed, proof, nextLength, generatedAt, next, ed25519, retired);
    }

    Dkim withEd25519(Optional<Ed25519> changed) {
        return new Dkim(enabled, origin, keys, proof, nextLength, generatedAt, next, changed, retired);
    }

    Dkim withRetired(List<RetiredKey> changed) {
        return new Dkim(enabled, origin, keys, proof, nextLength, generatedAt, next, ed25519, changed);
    }

    /** The keys that nothing may be signed with before they are seen. */
    public List<DkimKey> nextKeys() {
        return next.map(NextKeys::keys).orElse(List.of());
    }

    /** Every key that has a private half: those in use and those that are to come. */
    public List<DkimKey> allKeys() {
        return Stream.of(
                        keys.stream(),
                        nextKeys().stream(),
                        ed25519.stream().flatMap(it -> it.all().stream()).map(ProvedKey::key))
                .flatMap(any -> any)
                .distinct()
                .toList();
    }

    /** The identity's DKIM as it is wished for: with the next keys in the place of those that are there. */
    public Dkim wished() {
        return next.map(it -> new Dkim(
                        enabled,
                        it.origin(),
                        Rotation.keysThen(this, it),
                        it.proof(),
                        it.length(),
                        it.generatedAt(),
                        Optional.empty(),
                        ed25519,
                        List.of()))
                .orElse(withRetired(List.of()));
    }

    /**
     * The selectors below which an RSA key's record must stand now, as SES' tokens: those in use, then the next, then the retired. Whoever
     * makes records of tokens takes the key for RSA.
     */
    public List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        keys.forEach(key -> tokens.add(key.selector()));
        nextKeys().forEach(key -> tokens.add(key.selector()));
        retired.stream().filter(key -> key.type() == KeyType.RSA).forEach(key -> tokens.add(key.selector()));
        return tokens.stream().distinct().toList();
    }
}
