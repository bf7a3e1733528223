package io.waypost.outbound.smtp;

import java.time.Duration;

/**
 * How long to wait for a peer, step by step (RFC 5321 4.5.3.2). Each is a deadline for the whole step, however slowly the peer
 * drips.
 *
 * @param connect for the TCP connection and for a TLS handshake
 * @param greeting for the 220
 * @param command for the answers to EHLO, STARTTLS, MAIL and RCPT
 * @param dataStart for the 354
 * @param dataBlock for the peer to take one block of the message
 * @param dataEnd for the answer to the final dot
 * @param session for everything together
 */
public record SmtpTimeouts(
        Duration connect,
        Duration greeting,
        Duration command,
        Duration dataStart,
        Duration dataBlock,
        Duration dataEnd,
        Duration session) {

    /** The standard's values; it names none for connecting (RFC 5321 4.5.4.1 speaks of minutes) nor for everything together. */
    public static final SmtpTimeouts STANDARD = new SmtpTimeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofHours(1));

    /** The standard's values in proportion, so that the answer to the final dot may take {@code longest} (10 minutes is 1:1). */
    public static SmtpTimeouts scaledTo(Duration longest) {
        return new SmtpTimeouts(
                scaled(STANDARD.connect, longest),
                scaled(STANDARD.greeting, longest),
                scaled(STANDARD.command, longest),
                scaled(STANDARD.dataStart, longest),
                scaled(STANDARD.dataBlock, longest),
                longest,
                scaled(STANDARD.session, longest));
    }

    private static Duration scaled(Duration standard, Duration longest) {
        long millis = Math.multiplyExact(standard.toMillis(), longest.toMillis()) / STANDARD.dataEnd.toMillis();
        return Duration.ofMillis(Math.max(1, millis));
    }
}
