package io.waypost.api.identity;

/**
 * A key for signatures, and where its public half is published (RFC 6376 3.6.2.1).
 *
 * @param selector the label before {@code ._domainkey.}
 * @param publicKey the {@code p=} of the record
 * @param sealedPrivateKey PKCS #8, sealed
 * @param bits of an RSA key's modulus, 256 of Ed25519
 */
public record DkimKey(KeyType type, String selector, String publicKey, String sealedPrivateKey, int bits) {

    /** The name of the record. */
    public String recordName(IdentityName identity) {
        return recordName(selector, identity);
    }

    static String recordName(String selector, IdentityName identity) {
        return selector + "._domainkey." + identity.domain();
    }

    /** The text of the record. */
    public String recordText() {
        return type.recordText(publicKey);
    }

    @Override
    public String toString() {
        return "DkimKey[" + selector + ", " + type.algorithm() + " " + bits + "]";
    }
}
