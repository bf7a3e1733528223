package io.waypost.smtp.reception;

import io.waypost.message.Decision;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.port.Draft;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.smtp.Limits;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.Routing;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts a mail that has arrived whole, or refuses it: the list of steps from the end of the data to the 250. One for the
 * server, used by all sessions on their own threads.
 */
public final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final String hostname;
    private final Limits limits;
    private final Spool spool;
    private final Routing routing;
    private final MailLog mailLog;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param random makes message ids; safe for all threads
     */
    public Reception(
            String hostname,
            Limits limits,
            Spool spool,
            Routing routing,
            MailLog mailLog,
            Clock clock,
            RandomGenerator random) {
        this.hostname = hostname;
        this.limits = limits;
        this.spool = spool;
        this.routing = routing;
        this.mailLog = mailLog;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Accepts or refuses. When it returns, the mail is durable and owed; when it throws, nothing is stored.
     *
     * <p>The order is a promise: what is cheap and certain comes first, what judges the content comes before the rules that use
     * its verdicts, and nothing that can refuse comes after the commit.
     *
     * @return the 250 with the mail's id
     * @throws Refusal with the reply of the refusal
     */
    public Reply receive(Envelope envelope, Draft draft) throws Refusal {
        long began = System.nanoTime();
        Spool.Committed committed;
        try {
            checkHeader(draft);
            Plan plan = decide(envelope, draft);
            committed = commit(envelope, draft, plan);
        } catch (IOException e) {
            throw unavailable(e);
        } catch (RuntimeException e) {
            LOG.error("A mail was put off (451), nothing was stored", e);
            throw Refusal.of("internal-error", 451, "4.3.0", "Internal error, try again later");
        }
        promise(committed, began);
        return Reply.of(250, "2.0.0", "Ok " + committed.mail().id());
    }

    private void checkHeader(Draft draft) throws IOException, Refusal {
        HeaderScan header = HeaderScan.of(draft, limits.headerSize());
        if (header.size() > limits.headerSize() || header.lines() > limits.headerLines()) {
            throw Refusal.of("header-too-large", 552, "5.6.0", "Message header too large");
        }
        if (header.startsFolded()) {
            throw Refusal.of("header-starts-folded", 554, "5.6.0", "Message begins with a continuation line");
        }
        if (header.received() > limits.hops()) {
            throw Refusal.of("too-many-hops", 554, "5.4.6", "Too many hops, this mail is looping");
        }
    }

    private Plan decide(Envelope envelope, Draft draft) throws IOException, Refusal {
        return switch (routing.decide(envelope, draft)) {
            case Decision.Accept accept -> accept.plan();
            case Decision.Refuse refuse -> throw Refusal.of("rule:" + refuse.rule(), refuse.reply());
        };
    }

    private Spool.Committed commit(Envelope envelope, Draft draft, Plan plan) throws IOException {
        Instant now = clock.instant();
        MessageId id = MessageId.next(now, random);
        byte[] traceFields = TraceFields.of(envelope, hostname, id, now);
        return spool.commit(
                new Spool.Acceptance(id, Line.INBOUND, now, envelope, traceFields, plan, Optional.empty()), draft);
    }

    /** The mail is durable: whatever fails from here on, its 250 stands. */
    private void promise(Spool.Committed committed, long began) {
        try {
            mailLog.record(new MailLog.Accepted(committed.mail(), (System.nanoTime() - began) / 1_000_000));
            routing.accepted(committed);
        } catch (RuntimeException e) {
            LOG.error(
                    "Mail {} is accepted but could not be handed over; it is owed still",
                    committed.mail().id(),
                    e);
        }
    }

    /** The refusal of a store that cannot take the mail now. */
    public static Refusal unavailable(IOException failure) {
        if (failure instanceof StoreUnavailableException unavailable) {
            // The store has said so in the log itself, once rather than for every mail.
            return unavailable.full()
                    ? Refusal.of("store-full", 452, "4.3.1", "Insufficient system storage")
                    : Refusal.of("store-unavailable", 451, "4.3.0", "Storage not available, try again later");
        }
        LOG.warn("A mail was put off (451)", failure);
        return Refusal.of("internal-error", 451, "4.3.0", "Internal error, try again later");
    }
}
