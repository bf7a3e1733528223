package io.waypost.smtp.session;

import io.waypost.message.EmailAddress;
import io.waypost.message.port.MailLog;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.checks.client.ClientCheck;
import io.waypost.smtp.wire.Connection;
import io.waypost.smtp.wire.EndedException;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SMTP conversation, server side (RFC 5321). Runs on a virtual thread of its own, which blocks where the peer or the store
 * is awaited; nobody else touches its state.
 *
 * <p>Every refusal is a {@link Refusal} and ends up in {@link #refuse}; every end of the connection ends up in
 * {@link #converse}.
 */
public final class SmtpSession implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);

    private final SessionServices services;
    private final Connection connection;
    private final SessionState state;
    private final LineReader lines;
    private final Commands commands;
    private int badCommands;

    public SmtpSession(SessionServices services, ListenerSettings listener, Connection connection) {
        this.services = services;
        this.connection = connection;
        this.state = new SessionState(services, listener, connection);
        this.lines = new LineReader(state.input);
        this.commands = new Commands(state, lines);
    }

    @Override
    public void run() {
        boolean slot = false;
        try {
            state.peer = Opening.realClient(state.listener, connection, state.input, state.limits);
            slot = services.slots().take(state.peer.getAddress());
            if (!slot) {
                throw Opening.tooManyFromAddress();
            }
            services.observer().connectionOpened();
            try (ClientCheck check = clientCheck()) {
                state.clientCheck = check;
                converse();
            } finally {
                services.observer().connectionClosed();
            }
        } catch (Refusal refusal) {
            services.observer().connectionRefused();
            sayGoodbye(refusal);
        } catch (IOException e) {
            LOG.debug("{}: gone before the greeting: {}", connection, e.toString());
        } finally {
            if (slot) {
                services.slots().release(state.peer.getAddress());
            }
            connection.close();
            state.input.close();
        }
    }

    /** Who logs in is known by his key, not by his address. */
    private ClientCheck clientCheck() {
        return state.listener.isSubmission()
                ? ClientCheck.NONE
                : services.clients().begin(state.peer.getAddress());
    }

    private void converse() {
        try {
            greet();
            while (state.open) {
                step();
            }
            state.output.flush();
            if (!at(Verb.QUIT)) {
                connection.closeGently();
            }
        } catch (Refusal refusal) {
            sayGoodbye(refusal);
        } catch (EndedException e) {
            switch (connection.wake()) {
                case TIMEOUT -> sayGoodbye(Replies.timeout());
                case STOPPING -> sayGoodbye(Replies.stopping());
                case NONE -> LOG.debug("{}: peer closed without QUIT", connection);
            }
        } catch (IOException e) {
            LOG.debug("{}: connection lost: {}", connection, e.toString());
        } catch (RuntimeException e) {
            LOG.error("{}: session failed at {}", connection, state.stage, e);
            sayGoodbye(Replies.broken());
        } finally {
            state.reset();
        }
    }

    private void greet() throws IOException, Refusal {
        if (state.listener.tls() == TlsMode.IMPLICIT) {
            state.tls = Optional.of(connection.startTls(services.tls().context(), state.input.takeBuffered()));
        }
        state.agent.greeting();
        if (state.hasSpokenAhead()) {
            throw Replies.outOfStep("early-talker", "You spoke before the greeting");
        }
        state.output.line("220 " + services.settings().hostname() + " ESMTP Waypost");
    }

    /** Reads one command and answers it. */
    private void step() throws IOException {
        connection.allow(state.limits.commandTimeout());
        state.stage = "COMMAND";
        try {
            commands.execute(CommandLine.of(lines.read()));
        } catch (WireFault fault) {
            refuse(faulty(fault));
            endFailed(SessionObserver.Result.REFUSED);
        } catch (Refusal refusal) {
            refuse(refusal);
            endFailed(MailTransaction.resultOf(refusal));
        }
    }

    /** A mail whose content was refused is over, and so is any transaction whose BDAT was refused (RFC 3030 2). */
    private void endFailed(SessionObserver.Result result) {
        if (at(Verb.BDAT) || (at(Verb.DATA) && state.transaction != null && state.transaction.hasContent())) {
            state.end(result);
        }
    }

    private boolean at(Verb verb) {
        return state.stage.equals(verb.name());
    }

    private Refusal faulty(WireFault fault) {
        String text = fault.kind().text() + " is not allowed, lines end with CRLF";
        return (at(Verb.DATA) || at(Verb.BDAT)
                        ? Refusal.of(fault.kind().reason(), 550, "5.6.0", text)
                        : Refusal.of(fault.kind().reason(), 500, "5.5.2", text))
                .closing();
    }

    /** Says no, writes it down, and loses patience in the end. */
    private void refuse(Refusal refusal) throws IOException {
        int code = refusal.reply().code();
        boolean badCommand = (code >= 500 && code <= 504) || code == 555;
        Refusal said = state.agent.worded(
                badCommand && ++badCommands >= state.limits.badCommands() ? Replies.tooManyErrors() : refusal);
        record(said);
        state.reply(said.reply());
        if (said.isClosing()) {
            state.open = false;
        }
    }

    /** Ends the connection with a reply, as far as the peer can still be told. */
    private void sayGoodbye(Refusal why) {
        Refusal refusal = state.agent.worded(why);
        record(refusal);
        if (state.listener.tls() == TlsMode.IMPLICIT && state.tls.isEmpty()) {
            return;
        }
        try {
            state.reply(refusal.reply());
            state.output.flush();
            connection.closeGently();
        } catch (IOException e) {
            LOG.debug("{}: gone before it heard {}", connection, refusal.reply());
        }
    }

    private void record(Refusal refusal) {
        MailTransaction current = state.transaction;
        services.mailLog()
                .record(new MailLog.Refused(
                        services.clock().instant(),
                        current == null ? state.client(false) : current.client(),
                        state.stage,
                        refusal.reason(),
                        refusal.reply(),
                        current == null
                                ? Optional.empty()
                                : Optional.of(current.mail().from().toString()),
                        refusal.recipient()
                                .map(EmailAddress::toString)
                                .map(List::of)
                                .orElseGet(state::recipientNames)));
    }
}
