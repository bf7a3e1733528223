package io.waypost.outbound;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.port.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Puts a mail on the outbound line: one durable commit of content, envelope and one run for each recipient. Shared by all threads;
 * blocks the calling (virtual) thread.
 *
 * <p>A recipient without a route is accepted all the same: its delivery is tried again until a route is configured or the
 * give-up window ends, when its sender is told. What was accepted for forwarding or as a notice is not lost for a missing line of
 * configuration.
 */
public final class OutboundSubmission implements Submission {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private final OutboundSettings settings;
    private final Spool spool;
    private final Consumer<Spool.Committed> accepted;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param settings host name and routes
     * @param spool where mail is kept
     * @param accepted is handed every accepted mail with its claimed runs, and carries them out or gives them back; returns at once
     * @param clock the time of acceptance
     * @param random for message ids; safe for many threads
     */
    public OutboundSubmission(
            OutboundSettings settings,
            Spool spool,
            Consumer<Spool.Committed> accepted,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.spool = spool;
        this.accepted = accepted;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public MessageId submit(ReversePath from, List<EmailAddress> to, MessageContent content, Optional<String> repeatKey)
            throws IOException {
        Envelope plain = Envelope.of(from, to, Client.local(settings.hostname()));
        return submit(plain, content, repeatKey);
    }

    /**
     * Accepts a message with everything its envelope says about notices (RFC 3461) and 8-bit (RFC 6152, RFC 6531). A recipient that
     * stands there twice gets one mail.
     *
     * @throws IllegalArgumentException when it has more than {@link OutboundRules#MOST_RECIPIENTS} recipients
     */
    public MessageId submit(Envelope envelope, MessageContent content, Optional<String> repeatKey) throws IOException {
        List<EmailAddress> recipients = List.copyOf(new LinkedHashSet<>(envelope.addresses()));
        if (recipients.size() > OutboundRules.MOST_RECIPIENTS) {
            throw new IllegalArgumentException("more than " + OutboundRules.MOST_RECIPIENTS + " recipients");
        }
        Instant now = clock.instant();
        MessageId id = MessageId.next(now, random);
        try (Draft draft = spool.draft(content.size())) {
            copy(content, draft);
            Spool.Committed committed = spool.commit(
                    new Spool.Acceptance(
                            id,
                            Line.OUTBOUND,
                            now,
                            envelope,
                            received(envelope.client(), id, now),
                            OutboundRules.plan(recipients, settings.routes(), false),
                            repeatKey),
                    draft);
            if (committed.mail().id().equals(id)) {
                accepted.accept(committed);
            }
            return committed.mail().id();
        }
    }

    private static void copy(MessageContent content, Draft draft) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = content.open()) {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                draft.write(buffer, 0, n);
            }
        }
    }

    // RFC 5321 4.4. No Return-Path: that one is the last server's to write.
    private byte[] received(Client client, MessageId id, Instant now) {
        String field = "Received: by " + settings.hostname() + " with " + client.protocol() + " id " + id + ";\r\n\t"
                + DATE.format(now) + "\r\n";
        return field.getBytes(StandardCharsets.US_ASCII);
    }
}
