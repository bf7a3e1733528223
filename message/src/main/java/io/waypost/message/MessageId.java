package io.waypost.message;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The name of an accepted mail: 40 characters of {@code 0-9a-v} (base32hex of 25 bytes, as Amazon SES names received mail).
 *
 * <p>The first 48 bits are the millisecond of acceptance, so that ids sort by time and neighbours in time are neighbours in
 * an index; the other 152 bits are random.
 *
 * @param value 40 characters of 0-9a-v
 */
public record MessageId(String value) implements Comparable<MessageId> {

    /** Characters of an id. */
    public static final int LENGTH = 40;

    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final int BYTES = 25;

    public MessageId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a message id (40 characters of 0-9a-v): " + value);
        }
    }

    /** A new id. Ids of one millisecond differ by 152 random bits. */
    public static MessageId next(Instant now, RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return at(now, bytes);
    }

    /** A new id for a mail that an application sends: its last three bytes are zero, so that SES' shorter form says as much. */
    public static MessageId nextSent(Instant now, RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        bytes[BYTES - 1] = 0;
        bytes[BYTES - 2] = 0;
        bytes[BYTES - 3] = 0;
        return at(now, bytes);
    }

    /** The id of these 25 bytes. */
    public static MessageId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a message id has " + BYTES + " bytes, not " + bytes.length);
        }
        return new MessageId(encode(bytes));
    }

    /** The 25 bytes that it writes. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        long bits = 0;
        int have = 0;
        int at = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits = bits << 5 | Character.digit(value.charAt(i), 32);
            have += 5;
            if (have >= 8) {
                have -= 8;
                bytes[at++] = (byte) (bits >>> have);
            }
        }
        return bytes;
    }

    /** The millisecond of acceptance. */
    public Instant acceptedAt() {
        byte[] bytes = bytes();
        long millis = 0;
        for (int i = 0; i < 6; i++) {
            millis = millis << 8 | bytes[i] & 0xff;
        }
        return Instant.ofEpochMilli(millis);
    }

    private static MessageId at(Instant now, byte[] bytes) {
        long millis = now.toEpochMilli();
        for (int i = 0; i < 6; i++) {
            bytes[i] = (byte) (millis >>> (40 - 8 * i));
        }
        return new MessageId(encode(bytes));
    }

    public static boolean isValid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'v')) {
                return false;
            }
        }
        return true;
    }

    // 25 bytes are exactly 40 groups of 5 bits: no padding (RFC 4648 7).
    private static String encode(byte[] bytes) {
        char[] text = new char[LENGTH];
        long bits = 0;
        int have = 0;
        int at = 0;
        for (byte b : bytes) {
            bits = bits << 8 | b & 0xff;
            have += 8;
            while (have >= 5) {
                have -= 5;
                text[at++] = DIGITS[(int) (bits >>> have) & 31];
            }
        }
        return new String(text);
    }

    @Override
    public int compareTo(MessageId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
