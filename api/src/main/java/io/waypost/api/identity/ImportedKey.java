package io.waypost.api.identity;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A private key that a caller brought: the base64 of PKCS #8, or of PKCS #1 as older OpenSSL writes it, without the lines around it.
 *
 * @param pkcs8 the private key
 * @param publicKey the SubjectPublicKeyInfo in base64
 */
record ImportedKey(byte[] pkcs8, String publicKey, int bits) {

    private static final int FEWEST_BITS = 1024;
    private static final int MOST_BITS = 4096;

    // RFC 5208 5: version 0, rsaEncryption with NULL parameters (RFC 3279 2.3.1).
    private static final byte[] PREAMBLE = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** @throws IllegalArgumentException when it is no RSA key of 1024 to 4096 bits, without a word of it */
    static ImportedKey of(String base64) {
        byte[] encoded = Base64.getDecoder().decode(base64);
        try {
            KeyFactory keys = KeyFactory.getInstance("RSA");
            if (!(read(keys, encoded) instanceof RSAPrivateCrtKey key)) {
                throw new IllegalArgumentException("without the public exponent");
            }
            int bits = key.getModulus().bitLength();
            if (bits < FEWEST_BITS || bits > MOST_BITS) {
                throw new IllegalArgumentException("of " + bits + " bits");
            }
            byte[] open = keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                    .getEncoded();
            return new ImportedKey(key.getEncoded(), Base64.getEncoder().encodeToString(open), bits);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an RSA private key", e);
        }
    }

    private static PrivateKey read(KeyFactory keys, byte[] encoded) throws GeneralSecurityException {
        try {
            return keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            return keys.generatePrivate(new PKCS8EncodedKeySpec(wrapped(encoded)));
        }
    }

    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(PREAMBLE);
        inner.writeBytes(element(OCTET_STRING, pkcs1));
        return element(SEQUENCE, inner.toByteArray());
    }

    // X.690 8.1.3.5: the long form of a length, two octets of it; keys of this size never need a third.
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
