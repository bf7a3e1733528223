package io.waypost.api.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the store (envelope encryption, AES-256-GCM as in NIST SP 800-38D): each secret has a data key of its own, which
 * the master key wraps. Both are bound to what the secret belongs to, so that nobody who can write rows can put one secret in the
 * place of another. All threads.
 */
public final class Sealing {

    private static final String VERSION = "sealed1";
    // Version, id of the master key, wrapped data key, sealed bytes; each of the two begins with its nonce.
    private static final Pattern SEALED =
            Pattern.compile(VERSION + ":([0-9a-f]{8}):([A-Za-z0-9+/]{80}):([A-Za-z0-9+/]+={0,2})");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final MasterKey master;
    private final SecureRandom random;

    /** For a place where nothing else is sealed but what stands beside the master key. */
    public Sealing(Path data, SecureRandom random) {
        this(data, random, Optional::empty);
    }

    /**
     * @param data the server's data folder; the master key is {@code keys/master.key} in it
     * @param random makes keys and nonces
     * @param before is asked before a master key is made
     */
    public Sealing(Path data, SecureRandom random, SealedBefore before) {
        this.master = new MasterKey(data.resolve("keys").resolve("master.key"), random, before);
        this.random = random;
    }

    /** Whether a text holds a sealed one. */
    public static boolean isIn(String text) {
        return text.contains(VERSION + ":");
    }

    /**
     * Seals a secret. The master key is made when there is none, and nothing was sealed before.
     *
     * @param belongsTo what the secret is for, such as {@code access-key 123456789012 AKIA...}; whoever opens it must say the same
     * @return ASCII text without white space, some 150 characters longer than the secret's base64
     * @throws SealingException when the master key cannot be used or is lost, with its file's name
     */
    public String seal(byte[] secret, String belongsTo) throws IOException {
        MasterKey.Known known = master.made();
        byte[] dataKey = new byte[KEY_BYTES];
        random.nextBytes(dataKey);
        try {
            String wrapped = encrypted(known.key(), dataKey, associated("data key", belongsTo));
            String sealed = encrypted(new SecretKeySpec(dataKey, "AES"), secret, associated("secret", belongsTo));
            return String.join(":", VERSION, known.id(), wrapped, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @param belongsTo as it was sealed
     * @throws SealingException when the master key is missing, is another, or the text is not what was sealed for that
     */
    public byte[] open(String sealed, String belongsTo) throws IOException {
        Matcher parts = SEALED.matcher(sealed);
        if (!parts.matches()) {
            throw new SealingException(
                    "what should be sealed, " + belongsTo + ", is not a sealed text of this version");
        }
        MasterKey.Known known = master.there();
        if (!known.id().equals(parts.group(1))) {
            throw new SealingException(
                    "%s was sealed with the master key %s, and the file %s now holds the key %s: bring the file back from a backup"
                            .formatted(belongsTo, parts.group(1), master.file(), known.id()));
        }
        try {
            byte[] dataKey = decrypted(known.key(), parts.group(2), associated("data key", belongsTo));
            try {
                return decrypted(new SecretKeySpec(dataKey, "AES"), parts.group(3), associated("secret", belongsTo));
            } finally {
                Arrays.fill(dataKey, (byte) 0);
            }
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new SealingException(
                    "%s does not open with the master key %s: it was changed, or was sealed for something else"
                            .formatted(belongsTo, master.file()),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /**
     * A key for one purpose, derived from the master key (HKDF, RFC 5869), the same each time. The master key is made when there is none.
     *
     * @param purpose words that no other use has
     * @throws SealingException when the master key cannot be used, with its file's name
     */
    public SecretKey derive(String purpose) throws IOException {
        return derived(master.made(), purpose);
    }

    /** As {@link #derive}, and a missing master key is an error: for checking what was made with the key. */
    public SecretKey derivedBefore(String purpose) throws IOException {
        return derived(master.there(), purpose);
    }

    private static SecretKey derived(MasterKey.Known known, String purpose) {
        try {
            HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(known.key())
                    .thenExpand(associated("derived key", purpose), KEY_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF", e);
        }
    }

    private String encrypted(SecretKey key, byte[] plain, byte[] associated) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated);
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
        cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
        return Base64.getEncoder().encodeToString(sealed);
    }

    private static byte[] decrypted(SecretKey key, String text, byte[] associated) throws GeneralSecurityException {
        byte[] sealed = Base64.getDecoder().decode(text);
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new AEADBadTagException("too short");
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, associated);
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(associated);
        return cipher;
    }

    private static byte[] associated(String part, String belongsTo) {
        return (VERSION + "\n" + part + "\n" + belongsTo).getBytes(StandardCharsets.UTF_8);
    }
}
