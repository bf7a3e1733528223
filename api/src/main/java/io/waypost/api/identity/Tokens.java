package io.waypost.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes texts that nobody can guess. Safe for all threads when its source is. */
public final class Tokens {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int SELECTOR_LENGTH = 32;
    private static final int TOKEN_BYTES = 32;

    private final RandomGenerator random;

    /** @param random a {@link java.security.SecureRandom} wherever it matters */
    public Tokens(RandomGenerator random) {
        this.random = random;
    }

    /** 32 lower-case letters and digits, as SES' DKIM tokens: one label of a name (RFC 1035 2.3.4). */
    String selector() {
        StringBuilder text = new StringBuilder(SELECTOR_LENGTH);
        for (int i = 0; i < SELECTOR_LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** The base64 of 32 octets, as SES' verification tokens. */
    String verification() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    /** For a link: 32 octets in base64 for URLs. */
    public String link() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What is kept of a link's token. */
    public static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
