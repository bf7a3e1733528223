package io.waypost.smtp.checks.signature;

import io.waypost.smtp.checks.syntax.MalformedException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Public keys from the text of {@code p=}. */
final class PublicKeys {

    private static final HexFormat HEX = HexFormat.of();

    /** SubjectPublicKeyInfo of an Ed25519 key, up to its 32 octets (RFC 8410 4). */
    private static final byte[] ED25519 = HEX.parseHex("302a300506032b6570032100");

    private static final int ED25519_LENGTH = 32;

    /** rsaEncryption with NULL parameters (RFC 8017 A.1). */
    private static final byte[] RSA = HEX.parseHex("300d06092a864886f70d0101010500");

    /** What was parsed lately: a busy sender's mails all name one key. Bounded, since anybody may publish keys. */
    private static final int REMEMBERED = 512;

    private static final int LONGEST = 2048;

    private static final Map<Text, PublicKey> RECENT = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, PublicKey> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Text(boolean ed25519, String base64) {}

    private PublicKeys() {}

    static PublicKey parse(Algorithm algorithm, String base64) throws MalformedException {
        if (base64.length() > LONGEST) {
            return parsed(algorithm, base64);
        }
        Text text = new Text(algorithm == Algorithm.ED25519_SHA256, base64);
        PublicKey known;
        synchronized (RECENT) {
            known = RECENT.get(text);
        }
        if (known == null) {
            known = parsed(algorithm, base64);
            synchronized (RECENT) {
                RECENT.put(text, known);
            }
        }
        return known;
    }

    private static PublicKey parsed(Algorithm algorithm, String base64) throws MalformedException {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("the key is not base64");
        }
        return algorithm == Algorithm.ED25519_SHA256 ? ed25519(octets) : rsa(octets);
    }

    /** RFC 8463 4.1: the bare 32 octets. */
    private static PublicKey ed25519(byte[] octets) throws MalformedException {
        if (octets.length != ED25519_LENGTH) {
            throw new MalformedException("an Ed25519 key has 32 octets, this one " + octets.length);
        }
        return key("Ed25519", concat(ED25519, octets));
    }

    /** Everybody publishes a SubjectPublicKeyInfo; RFC 6376 3.6.1 speaks of the RSAPublicKey inside of it, so that is read, too. */
    private static PublicKey rsa(byte[] octets) throws MalformedException {
        try {
            return key("RSA", octets);
        } catch (MalformedException e) {
            return key("RSA", element(0x30, concat(RSA, element(0x03, concat(new byte[1], octets)))));
        }
    }

    private static PublicKey key(String algorithm, byte[] subjectPublicKeyInfo) throws MalformedException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (GeneralSecurityException | RuntimeException e) {
            // Runtime: the JDK's parser at hostile octets; whatever it says, this is no key.
            throw new MalformedException("the octets of the key are no usable " + algorithm + " key");
        }
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return concat(head, content);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
