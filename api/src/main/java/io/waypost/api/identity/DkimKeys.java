package io.waypost.api.identity;

import io.waypost.api.secret.Sealing;
import io.waypost.message.Scope;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the keys that mail is signed with, and opens them. Safe for all threads. */
public final class DkimKeys {

    /** As many selectors as SES has: one signs, and two are published already when it must be changed. */
    static final int SELECTORS = 3;

    private static final int ED25519_BITS = 256;

    private final KeySource source;
    private final Sealing sealing;
    private final Tokens tokens;

    public DkimKeys(KeySource source, Sealing sealing, Tokens tokens) {
        this.source = source;
        this.sealing = sealing;
        this.tokens = tokens;
    }

    /** Three new keys with selectors that nobody can guess; takes a second or two. */
    List<DkimKey> make(Scope scope, IdentityName name, KeyLength length) throws IOException {
        List<DkimKey> keys = new ArrayList<>(SELECTORS);
        for (int i = 0; i < SELECTORS; i++) {
            keys.add(makeOne(scope, name, length));
        }
        return keys;
    }

    /** One more, under a selector of its own. */
    DkimKey makeOne(Scope scope, IdentityName name, KeyLength length) throws IOException {
        return made(scope, name, KeyType.RSA, source.pair(length.bits()), length.bits());
    }

    /** One of Ed25519, under a selector of its own; takes no time. */
    DkimKey makeEd25519(Scope scope, IdentityName name) throws IOException {
        return made(scope, name, KeyType.ED25519, source.ed25519(), ED25519_BITS);
    }

    private DkimKey made(Scope scope, IdentityName name, KeyType type, KeyPair pair, int bits) throws IOException {
        return sealed(
                scope,
                name,
                type,
                tokens.selector(),
                type.publicKey(pair.getPublic()),
                pair.getPrivate().getEncoded(),
                bits);
    }

    /** @throws IllegalArgumentException when the text is no usable key */
    DkimKey bring(Scope scope, IdentityName name, String selector, String privateKey) throws IOException {
        ImportedKey imported = ImportedKey.of(privateKey);
        return sealed(scope, name, KeyType.RSA, selector, imported.publicKey(), imported.pkcs8(), imported.bits());
    }

    private DkimKey sealed(
            Scope scope,
            IdentityName name,
            KeyType type,
            String selector,
            String publicKey,
            byte[] privateKey,
            int bits)
            throws IOException {
        try {
            String sealed = sealing.seal(privateKey, belongsTo(scope, name, selector));
            return new DkimKey(type, selector, publicKey, sealed, bits);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /**
     * The private key, for signing.
     *
     * @throws IOException when it does not open with the master key, with the reason in its message
     */
    public PrivateKey open(Identity identity, DkimKey key) throws IOException {
        byte[] plain =
                sealing.open(key.sealedPrivateKey(), belongsTo(identity.scope(), identity.name(), key.selector()));
        try {
            return KeyFactory.getInstance(key.type().algorithm()).generatePrivate(new PKCS8EncodedKeySpec(plain));
        } catch (GeneralSecurityException e) {
            throw new IOException("the DKIM key " + key.selector() + " of " + identity.name() + " is not a key", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static String belongsTo(Scope scope, IdentityName name, String selector) {
        return "dkim-key " + scope + " " + name + " " + selector;
    }
}
