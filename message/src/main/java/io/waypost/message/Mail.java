package io.waypost.message;

import io.waypost.message.sending.Sending;
import java.time.Instant;
import java.util.Optional;

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
 * @param sending what is remembered of it when an application sent it
 */
public record Mail(
        MessageId id,
        Line line,
        Instant acceptedAt,
        Envelope envelope,
        long size,
        Plan plan,
        Verdicts verdicts,
        Optional<Sending> sending) {

    /** A mail that no application sent. */
    public Mail(
            MessageId id, Line line, Instant acceptedAt, Envelope envelope, long size, Plan plan, Verdicts verdicts) {
        this(id, line, acceptedAt, envelope, size, plan, verdicts, Optional.empty());
    }

    /** A mail that no check has seen. */
    public Mail(MessageId id, Line line, Instant acceptedAt, Envelope envelope, long size, Plan plan) {
        this(id, line, acceptedAt, envelope, size, plan, Verdicts.NONE);
    }
}
