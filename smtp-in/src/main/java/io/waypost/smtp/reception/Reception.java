package io.waypost.smtp.reception;

import io.waypost.message.Decision;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.Verdicts;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.smtp.Limits;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.Routing;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.checks.Examiner.Examination;
import io.waypost.smtp.checks.Findings;
import io.waypost.smtp.checks.client.ClientCheck;
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
    private final HeaderMemory headers = HeaderMemory.ofHeap();
    private final Spool spool;
    private final Routing routing;
    private final Examiner examiner;
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
            Examiner examiner,
            MailLog mailLog,
            Clock clock,
            RandomGenerator random) {
        this.hostname = hostname;
        this.limits = limits;
        this.spool = spool;
        this.routing = routing;
        this.examiner = examiner;
        this.mailLog = mailLog;
        this.clock = clock;
        this.random = random;
    }

    /** The header of a mail that begins to arrive; closed by the caller. */
    public IncomingHeader header() {
        return new IncomingHeader(limits, headers);
    }

    /** Begins to examine a mail whose content comes now; closed by the caller. */
    public Examination examine(Envelope envelope, ClientCheck client) {
        return examiner.begin(envelope, client);
    }

    /**
     * Accepts or refuses. When it returns, the mail is durable and owed; when it throws, nothing is stored.
     *
     * <p>The order is a promise: what judges the mail comes before the rules that use its verdicts, and nothing that can refuse comes
     * after the commit.
     *
     * @return the 250 with the mail's id
     * @throws Refusal with the reply of the refusal
     */
    public Reply receive(Envelope envelope, IncomingMail mail) throws Refusal {
        long began = System.nanoTime();
        Spool.Committed committed;
        try {
            Instant now = clock.instant();
            MessageId id = MessageId.next(now, random);
            Findings findings = mail.examination().finish(id, mail.draft(), routing.wantsScan(envelope));
            if (findings.refusal().isPresent()) {
                throw findings.refusal().get();
            }
            Plan plan = decide(envelope, findings.verdicts(), mail.draft());
            byte[] traceFields = TraceFields.of(envelope, findings, hostname, id, now);
            committed = spool.commit(
                    new Spool.Acceptance(
                            id, Line.INBOUND, now, envelope, traceFields, plan, findings.verdicts(), Optional.empty()),
                    mail.draft());
        } catch (IOException e) {
            throw unavailable(e);
        } catch (RuntimeException e) {
            LOG.error("A mail was put off (451), nothing was stored", e);
            throw Refusal.of("internal-error", 451, "4.3.0", "Internal error, try again later");
        }
        promise(committed, began);
        return Reply.of(250, "2.0.0", "Ok " + committed.mail().id());
    }

    private Plan decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException, Refusal {
        return switch (routing.decide(envelope, verdicts, content)) {
            case Decision.Accept accept -> accept.plan();
            case Decision.Refuse refuse -> throw Refusal.of("rule:" + refuse.rule(), refuse.reply());
        };
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
