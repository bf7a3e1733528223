package io.waypost.smtp;

import java.time.Duration;

/**
 * What one client may take. Each limit has its own reply (docs/smtp.md).
 *
 * @param messageSize bytes of a message, trace fields not counted
 * @param recipients of one mail (RFC 5321 4.5.3.1.8: at least 100)
 * @param connections open at once, in all
 * @param perAddress connections open at once from one IPv4 address or one IPv6 /64
 * @param commandTimeout for one command line to arrive (RFC 5321 4.5.3.2: 5 minutes)
 * @param dataTimeout for the content of one mail to arrive
 * @param hops Received fields a mail may have before it counts as looping (RFC 5321 6.3)
 * @param lineLength bytes of a text line with its CRLF (RFC 5321 4.5.3.1.6 promises 1000; real mail is longer)
 * @param headerSize bytes of the header
 * @param headerLines lines of the header
 * @param badCommands refused commands until the connection is closed
 */
public record Limits(
        long messageSize,
        int recipients,
        int connections,
        int perAddress,
        Duration commandTimeout,
        Duration dataTimeout,
        int hops,
        int lineLength,
        int headerSize,
        int headerLines,
        int badCommands) {

    /** What a server has whose operator says nothing. */
    public static final Limits DEFAULT =
            of(40L * 1024 * 1024, 100, 2000, 50, Duration.ofMinutes(5), Duration.ofMinutes(10), 50);

    /** The limits that operators set, the others at their defaults. */
    public static Limits of(
            long messageSize,
            int recipients,
            int connections,
            int perAddress,
            Duration commandTimeout,
            Duration dataTimeout,
            int hops) {
        return new Limits(
                messageSize,
                recipients,
                connections,
                perAddress,
                commandTimeout,
                dataTimeout,
                hops,
                64 * 1024,
                256 * 1024,
                5000,
                20);
    }
}
