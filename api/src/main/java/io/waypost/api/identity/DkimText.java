package io.waypost.api.identity;

import io.waypost.api.identity.IdentityText.StoredProof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An identity's DKIM as it stands in the store, a part of {@link IdentityText}. */
final class DkimText {

    private DkimText() {}

    /** @param type none for RSA */
    record StoredKey(@Nullable String type, String selector, String publicKey, String sealedPrivateKey, int bits) {}

    record StoredDkim(
            boolean enabled,
            String origin,
            List<StoredKey> keys,
            StoredProof proof,
            String nextLength,
            @Nullable String generatedAt,
            @Nullable StoredNext next,
            @Nullable StoredEd25519 ed25519,
            @Nullable List<StoredRetired> retired) {}

    record StoredNext(
            String origin,
            List<StoredKey> keys,
            StoredProof proof,
            String length,
            @Nullable String generatedAt) {}

    record StoredProved(StoredKey key, StoredProof proof) {}

    record StoredEd25519(StoredProved current, @Nullable StoredProved next) {}

    /** @param type none for RSA */
    record StoredRetired(@Nullable String type, String selector, String publicKey, String publishedUntil) {}

    static StoredDkim stored(Dkim dkim) {
        return new StoredDkim(
                dkim.enabled(),
                dkim.origin().name(),
                stored(dkim.keys()),
                IdentityText.proof(dkim.proof()),
                dkim.nextLength().name(),
                dkim.generatedAt().map(Instant::toString).orElse(null),
                dkim.next().map(DkimText::stored).orElse(null),
                dkim.ed25519()
                        .map(it -> new StoredEd25519(
                                stored(it.current()),
                                it.next().map(DkimText::stored).orElse(null)))
                        .orElse(null),
                dkim.retired().isEmpty()
                        ? null
                        : dkim.retired().stream().map(DkimText::stored).toList());
    }

    private static StoredNext stored(NextKeys next) {
        return new StoredNext(
                next.origin().name(),
                stored(next.keys()),
                IdentityText.proof(next.proof()),
                next.length().name(),
                next.generatedAt().map(Instant::toString).orElse(null));
    }

    private static StoredProved stored(ProvedKey key) {
        return new StoredProved(stored(key.key()), IdentityText.proof(key.proof()));
    }

    private static StoredRetired stored(RetiredKey key) {
        return new StoredRetired(
                stored(key.type()),
                key.selector(),
                key.publicKey(),
                key.publishedUntil().toString());
    }

    private static List<StoredKey> stored(List<DkimKey> keys) {
        return keys.stream().map(DkimText::stored).toList();
    }

    private static StoredKey stored(DkimKey key) {
        return new StoredKey(stored(key.type()), key.selector(), key.publicKey(), key.sealedPrivateKey(), key.bits());
    }

    private static @Nullable String stored(KeyType type) {
        return type == KeyType.RSA ? null : type.name();
    }

    static Dkim read(StoredDkim stored) {
        return new Dkim(
                stored.enabled,
                Dkim.Origin.valueOf(stored.origin),
                read(stored.keys),
                IdentityText.proof(stored.proof),
                KeyLength.valueOf(stored.nextLength),
                Optional.ofNullable(stored.generatedAt).map(Instant::parse),
                Optional.ofNullable(stored.next).map(DkimText::read),
                Optional.ofNullable(stored.ed25519)
                        .map(it -> new Ed25519(
                                read(it.current), Optional.ofNullable(it.next).map(DkimText::read))),
                stored.retired == null
                        ? List.of()
                        : stored.retired.stream().map(DkimText::read).toList());
    }

    private static NextKeys read(StoredNext stored) {
        return new NextKeys(
                Dkim.Origin.valueOf(stored.origin),
                read(stored.keys),
                IdentityText.proof(stored.proof),
                KeyLength.valueOf(stored.length),
                Optional.ofNullable(stored.generatedAt).map(Instant::parse));
    }

    private static ProvedKey read(StoredProved stored) {
        return new ProvedKey(read(stored.key), IdentityText.proof(stored.proof));
    }

    private static RetiredKey read(StoredRetired stored) {
        return new RetiredKey(
                type(stored.type), stored.selector, stored.publicKey, Instant.parse(stored.publishedUntil));
    }

    private static List<DkimKey> read(List<StoredKey> stored) {
        return stored.stream().map(DkimText::read).toList();
    }

    private static DkimKey read(StoredKey stored) {
        return new DkimKey(type(stored.type), stored.selector, stored.publicKey, stored.sealedPrivateKey, stored.bits);
    }

    private static KeyType type(@Nullable String stored) {
        return stored == null ? KeyType.RSA : KeyType.valueOf(stored);
    }
}
