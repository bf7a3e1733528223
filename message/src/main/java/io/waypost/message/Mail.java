package io.waypost.message;

import java.time.Instant;

/**
 * An accepted mail as the store knows it. Its content is read through the spool.
 *
 * @param id its name
 * @param line which line it travels
 * @param acceptedAt when the commit was asked for
 * @param envelope what SMTP said
 * @param size bytes of the stored content, trace fields included
 * @param plan what is owed
 * @param verdicts what the checks found before it was accepted
 */
public record Mail(
        MessageId id, Line line, Instant acceptedAt, Envelope envelope, long size, Plan plan, Verdicts verdicts) {

    /** A mail that no check has seen. */
    public Mail(MessageId id, Line line, Instant acceptedAt, Envelope envelope, long size, Plan plan) {
        this(id, line, acceptedAt, envelope, size, plan, Verdicts.NONE);
    }
}
