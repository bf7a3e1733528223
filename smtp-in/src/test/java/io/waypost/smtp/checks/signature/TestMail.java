package io.waypost.smtp.checks.signature;

import io.waypost.message.dkim.OctetSink;
import io.waypost.message.header.HeaderBlock;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A mail as text (every octet one character), cut into what checks are given. */
public record TestMail(String text) {

    public static final TestMail PLAIN = new TestMail("""
            From: Alice <alice@example.com>\r
            To: bob@example.org\r
            Subject: Lunch  on\r
            \tFriday\r
            Date: Mon, 23 Nov 2026 08:00:00 +0000\r
            Message-ID: <1@example.com>\r
            X-Loop: one\r
            X-Loop: two\r
            \r
            Hi  Bob,\r
            \r
            shall we? \r
            \r
            Alice\r
            """);

    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The header without the empty line; the whole text where there is none. */
    public String head() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end + 2);
    }

    public String body() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? "" : text.substring(end + 4);
    }

    public TestMail with(String fields) {
        return new TestMail(fields + text);
    }

    /** Must be found: a test that changes nothing tests nothing. */
    public TestMail replace(String old, String replacement) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("no " + old + " in " + text);
        }
        return new TestMail(text.replace(old, replacement));
    }

    public TestMail append(String more) {
        return new TestMail(text + more);
    }

    public HeaderBlock header() {
        return HeaderBlock.of(octets(head()));
    }

    /** The hashes after the body came in one piece. */
    public BodyHashes bodies() {
        BodyHashes hashes = BodyHashes.wanted(header());
        byte[] body = octets(body());
        hashes.update(body, 0, body.length);
        hashes.finish();
        return hashes;
    }

    /** The hashes after it came in pieces of random length. */
    public BodyHashes bodies(Random random) {
        BodyHashes hashes = BodyHashes.wanted(header());
        feed(octets(body()), random, hashes::update);
        hashes.finish();
        return hashes;
    }

    /** Hands out pieces of 0 to 9 octets, each from a buffer that is overwritten afterwards. */
    static void feed(byte[] body, Random random, OctetSink sink) {
        byte[] buffer = new byte[16];
        for (int at = 0; at < body.length; ) {
            int length = Math.min(random.nextInt(10), body.length - at);
            System.arraycopy(body, at, buffer, 3, length);
            sink.accept(buffer, 3, length);
            java.util.Arrays.fill(buffer, (byte) '!');
            at += length;
        }
    }
}
