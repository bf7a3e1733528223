package io.waypost.api.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The Ed25519 key that signs received mail (RFC 8463). It is made at first need and kept with its private half sealed; a server whose
 * file is gone makes another one, which has another selector.
 *
 * @param privateKey signs
 * @param publicKey 32 bytes in base64
 */
public record ReceiptSigningKey(PrivateKey privateKey, String publicKey) {

    private static final String FILE = "receipt-signing.sealed";
    private static final int PUBLIC_BYTES = 32;
    private static final int LONGEST_FILE = 4096;

    /** Whether there is one in this data folder, so that it has only to be opened. */
    public static boolean isIn(Path data) {
        return Files.exists(file(data));
    }

    /**
     * The key of this data folder, made if there is none.
     *
     * @throws IOException when it can be neither opened nor made, with the reason
     */
    public static ReceiptSigningKey in(Path data, Sealing sealing, SecureRandom random) throws IOException {
        Path file = file(data);
        OnceFile.make(file, () -> made(sealing, random));
        String[] words = Files.size(file) > LONGEST_FILE
                ? new String[0]
                : Files.readString(file, StandardCharsets.ISO_8859_1).strip().split("\\s+", -1);
        if (words.length != 2) {
            throw new SealingException(file + " does not hold the key that signs received mail: bring it back from a"
                    + " backup, or remove it for another key");
        }
        byte[] plain = sealing.open(words[1], belongsTo(words[0]));
        try {
            return new ReceiptSigningKey(
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(plain)), words[0]);
        } catch (GeneralSecurityException e) {
            throw new SealingException(file + " holds a key that cannot sign", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** {@code s=}: other keys have other selectors. */
    public String selector() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getBytes(StandardCharsets.US_ASCII));
            return "received-" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The key record to be published (RFC 8463 4.2). */
    public String keyRecord() {
        return "v=DKIM1; k=ed25519; p=" + publicKey;
    }

    /** The private half is not shown. */
    @Override
    public String toString() {
        return "ReceiptSigningKey[" + selector() + "]";
    }

    private static Path file(Path data) {
        return data.resolve("keys").resolve(FILE);
    }

    private static byte[] made(Sealing sealing, SecureRandom random) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] info = pair.getPublic().getEncoded();
            String publicKey = Base64.getEncoder()
                    .encodeToString(Arrays.copyOfRange(info, info.length - PUBLIC_BYTES, info.length));
            String sealed = sealing.seal(pair.getPrivate().getEncoded(), belongsTo(publicKey));
            return (publicKey + "\n" + sealed + "\n").getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static String belongsTo(String publicKey) {
        return "the key that signs received mail " + publicKey;
    }
}
