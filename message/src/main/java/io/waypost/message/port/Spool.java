package io.waypost.message.port;

import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.Verdicts;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Accepted content. The promise of the whole system stands here: what {@link #commit} returned from survives the death of
 * the process and of the machine.
 */
public interface Spool {

    /**
     * Begins a draft.
     *
     * @param expectedBytes what the peer declared (SIZE), or -1; lets the store choose memory or file, and refuse early
     * @throws StoreUnavailableException when there is no room for it now
     */
    Draft draft(long expectedBytes) throws IOException;

    /**
     * Makes a draft an accepted mail: content, envelope and plan in one durable commit. Blocks the calling (virtual) thread
     * until they are on stable storage; commits of many threads share their syncs. Afterwards the draft is spent.
     *
     * <p>The returned runs are claimed by the caller, as by {@link Ledger#claim}: he carries them out or gives them back.
     * A plan without runs is settled at once.
     *
     * @throws StoreUnavailableException when it is not certain that all of it is durable: the peer must not hear 250. A mail
     *     whose commit failed is never carried out later.
     */
    Committed commit(Acceptance acceptance, Draft draft) throws IOException;

    /**
     * What is to be committed with a draft.
     *
     * @param id the new mail's name, chosen by the caller because the trace fields hold it
     * @param line which line it travels; mail has recipients, a publication has none
     * @param at the time of acceptance
     * @param envelope what SMTP said
     * @param traceFields header fields put on top of the draft's bytes, complete lines ended by CRLF
     * @param plan what is owed
     * @param verdicts what the checks found
     * @param sending what is remembered of a mail that an application sends
     * @param repeatKey names the acceptance itself: where a mail with this key is known already, nothing is stored, the draft is
     *     closed, and the known mail is answered without runs
     */
    record Acceptance(
            MessageId id,
            Line line,
            Instant at,
            Envelope envelope,
            byte[] traceFields,
            Plan plan,
            Verdicts verdicts,
            Optional<Sending> sending,
            Optional<String> repeatKey) {

        public Acceptance {
            if (envelope.to().isEmpty() != (line == Line.TOPIC)) {
                throw new IllegalArgumentException("mail has recipients, and a publication has none");
            }
        }

        /** Of a mail that no application sent. */
        public Acceptance(
                MessageId id,
                Line line,
                Instant at,
                Envelope envelope,
                byte[] traceFields,
                Plan plan,
                Verdicts verdicts,
                Optional<String> repeatKey) {
            this(id, line, at, envelope, traceFields, plan, verdicts, Optional.empty(), repeatKey);
        }

        /** Of a mail that no check has seen and no application sent. */
        public Acceptance(
                MessageId id,
                Line line,
                Instant at,
                Envelope envelope,
                byte[] traceFields,
                Plan plan,
                Optional<String> repeatKey) {
            this(id, line, at, envelope, traceFields, plan, Verdicts.NONE, repeatKey);
        }
    }

    /**
     * The accepted mail and its runs that are ready now (those that wait for another are not in it).
     */
    record Committed(Mail mail, List<Run> ready) {
        public Committed {
            ready = List.copyOf(ready);
        }
    }

    /**
     * The content of an unsettled mail, trace fields on top.
     *
     * @throws IOException when the mail is settled, unknown, or its bytes do not match their checksum
     */
    MessageContent content(MessageId id) throws IOException;

    /** What an action of this run left in place of the content (see {@link Ledger#record}), if one did. */
    Optional<MessageContent> revision(RunKey run) throws IOException;
}
