package io.waypost.server.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A mail that was sent, by what can be recognised of it afterwards.
 *
 * @param size its bytes
 * @param sha256 their digest in hex
 */
public record Sent(int size, String sha256) {

    public static Sent of(byte[] message) {
        return new Sent(message.length, sha256(message, 0, message.length));
    }

    /** Whether {@code stored} ends in exactly this mail, with nothing but header lines above it. */
    public boolean isEndOf(byte[] stored) {
        int above = stored.length - size;
        if (above < 0 || !sha256(stored, above, size).equals(sha256)) {
            return false;
        }
        String top = new String(stored, 0, above, StandardCharsets.ISO_8859_1);
        return top.startsWith("Return-Path:") && top.endsWith("\r\n") && !top.contains("\r\n\r\n");
    }

    /** A message of about {@code size} bytes that nobody else sends. */
    public static byte[] message(String subject, int size, RandomGenerator random) {
        StringBuilder text = new StringBuilder(size + 200);
        text.append("From: <alice@sender.test>\r\nTo: <inbox@example.test>\r\nSubject: ")
                .append(subject)
                .append("\r\nMessage-ID: <")
                .append(Long.toUnsignedString(random.nextLong(), 36))
                .append("@sender.test>\r\n\r\n");
        while (text.length() < size) {
            text.append(Long.toHexString(random.nextLong()))
                    .append(" lorem ipsum dolor sit amet consectetur adipiscing\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(byte[] bytes, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, offset, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
