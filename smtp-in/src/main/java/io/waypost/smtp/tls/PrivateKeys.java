package io.waypost.smtp.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys as they lie in PEM files: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017 A.1.2) and SEC 1 (RFC 5915). The JDK reads the
 * first; the others are put into its envelope.
 */
final class PrivateKeys {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xA0;

    /** rsaEncryption 1.2.840.113549.1.1.1 and its NULL parameters. */
    private static final byte[] RSA = {
        OBJECT_ID, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 0x05, 0
    };

    /** id-ecPublicKey 1.2.840.10045.2.1. */
    private static final byte[] EC = {OBJECT_ID, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

    private PrivateKeys() {}

    /** The first private key in the text. */
    static PrivateKey parse(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new InvalidKeyException("no PEM block PRIVATE KEY");
        }
        String text = block.group(2);
        if (block.group(1).startsWith("ENCRYPTED") || text.contains("ENCRYPTED")) {
            throw new InvalidKeyException("the key is encrypted");
        }
        byte[] der = Base64.getMimeDecoder().decode(text);
        return switch (block.group(1)) {
            case "PRIVATE KEY" -> pkcs8(der, List.of("RSA", "EC", "EdDSA"));
            case "RSA PRIVATE KEY" -> pkcs8(envelope(RSA, der), List.of("RSA"));
            case "EC PRIVATE KEY" -> pkcs8(envelope(concat(EC, curve(der)), der), List.of("EC"));
            default -> throw new InvalidKeyException("unknown kind " + block.group(1));
        };
    }

    private static PrivateKey pkcs8(byte[] der, List<String> algorithms) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
        for (String algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // Of another algorithm, or broken: the next one knows.
            }
        }
        throw new InvalidKeyException("neither a valid RSA, EC nor EdDSA key");
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        byte[] version = {INTEGER, 1, 0};
        return element(SEQUENCE, concat(version, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    /** The curve's object id from the optional parameters [0] of a SEC 1 key. */
    private static byte[] curve(byte[] sec1) throws InvalidKeyException {
        try {
            int at = content(sec1, 0, SEQUENCE);
            at = end(sec1, content(sec1, at, INTEGER), at);
            at = end(sec1, content(sec1, at, OCTET_STRING), at);
            int name = content(sec1, at, PARAMETERS);
            int nameEnd = end(sec1, content(sec1, name, OBJECT_ID), name);
            return java.util.Arrays.copyOfRange(sec1, name, nameEnd);
        } catch (IndexOutOfBoundsException e) {
            throw new InvalidKeyException("broken EC key");
        }
    }

    /** Where the content of the element at {@code at} begins. */
    private static int content(byte[] der, int at, int tag) throws InvalidKeyException {
        if ((der[at] & 0xff) != tag) {
            throw new InvalidKeyException("EC key without a named curve");
        }
        return at + ((der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7f));
    }

    /** Where the element at {@code at} ends. */
    private static int end(byte[] der, int content, int at) {
        int length = der[at + 1] & 0x7f;
        if ((der[at + 1] & 0x80) != 0) {
            length = 0;
            for (int i = at + 2; i < content; i++) {
                length = (length << 8) | (der[i] & 0xff);
            }
        }
        return content + length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else if (content.length < 0x10000) {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        } else {
            throw new IllegalArgumentException("a key of more than 64 KB");
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
