package io.waypost.smtp.session;

import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one command after the other. What a command refuses is thrown; what it grants is replied. */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    /** RFC 5321 4.5.3.1.4; MAIL and RCPT are longer by what their extensions add. */
    private static final int LONGEST_PLAIN_COMMAND = 512 - 2;

    /** Commands from one accepted mail to the next; a mail with many recipients needs a few hundred. */
    private static final int MOST_COMMANDS = 2000;

    private final SessionState state;
    private final ClientGate gate;
    private final SmtpSettings settings;
    private final ContentCommands content;

    Commands(SessionState state, ClientGate gate) {
        this.state = state;
        this.gate = gate;
        this.settings = state.services.settings();
        this.content = new ContentCommands(state);
    }

    void execute(CommandLine line) throws IOException, WireFault, Refusal {
        if (++state.commands > MOST_COMMANDS) {
            throw Replies.tooManyCommands();
        }
        Verb verb = Verb.of(line.word());
        if (verb == null) {
            throw notACommand(line.word());
        }
        state.stage = verb.name();
        String argument = line.argument();
        if (verb != Verb.MAIL
                && verb != Verb.RCPT
                && line.word().length() + 1 + argument.length() > LONGEST_PLAIN_COMMAND) {
            throw LineReader.tooLong();
        }
        switch (verb) {
            case HELO -> helo(argument, false);
            case EHLO -> helo(argument, true);
            case MAIL -> mail(argument);
            case RCPT -> rcpt(argument);
            case DATA -> {
                requireNothing(argument);
                content.data();
            }
            case BDAT -> content.bdat(argument);
            case STARTTLS -> {
                requireNothing(argument);
                startTls();
            }
            case RSET -> {
                requireNothing(argument);
                state.reset();
                state.reply(Replies.OK);
            }
            case NOOP -> state.reply(Replies.OK);
            case VRFY -> state.reply(Replies.VRFY);
            case HELP -> state.reply(Replies.HELP);
            case QUIT -> {
                requireNothing(argument);
                state.reply(Replies.BYE);
                state.open = false;
            }
        }
    }

    private static Refusal notACommand(String word) {
        if (Verb.isHttp(word)) {
            return Replies.http();
        }
        // A PROXY header where none is expected: somebody tries to be somebody else.
        return word.equals("PROXY") ? Replies.unknownCommand().closing() : Replies.unknownCommand();
    }

    private static void requireNothing(String argument) throws Refusal {
        if (!argument.isEmpty()) {
            throw Replies.syntax("No argument expected");
        }
    }

    private void helo(String argument, boolean extended) throws IOException, Refusal {
        state.helo = Helo.check(argument);
        state.extended = extended;
        // RFC 5321 4.1.4: EHLO in mid-session is a RSET.
        state.reset();
        if (!extended) {
            state.output.line("250 " + settings.hostname());
            return;
        }
        state.output.line("250-" + settings.hostname());
        state.output.line("250-PIPELINING");
        state.output.line("250-SIZE " + state.limits.messageSize());
        state.output.line("250-8BITMIME");
        state.output.line("250-SMTPUTF8");
        state.output.line("250-CHUNKING");
        if (state.offersStartTls()) {
            state.output.line("250-STARTTLS");
        }
        state.output.line("250-ENHANCEDSTATUSCODES");
        state.output.line("250-DSN");
        state.output.line("250 HELP");
    }

    private void startTls() throws IOException, Refusal {
        if (!state.offersStartTls()) {
            throw Replies.badSequence("STARTTLS not available");
        }
        // RFC 3207 4: what came in clear behind STARTTLS would be taken for what the peer said under TLS.
        if (state.hasSpokenAhead()) {
            throw Replies.outOfStep("data-before-tls", "You spoke before the TLS handshake");
        }
        state.reply(Replies.READY_FOR_TLS);
        state.output.flush();
        state.tls = Optional.of(state.connection.startTls(state.services.tls().context(), new byte[0]));
        // RFC 3207 4.2: all that was said in clear is forgotten.
        state.helo = "";
        state.extended = false;
        state.reset();
    }

    private void mail(String argument) throws IOException, Refusal {
        if (state.helo.isEmpty()) {
            throw Replies.badSequence("EHLO first");
        }
        if (state.transaction != null) {
            throw Replies.badSequence("Nested MAIL");
        }
        MailCommand mail = MailCommand.parse(argument);
        if (mail.size() > state.limits.messageSize()) {
            throw Replies.messageTooLarge();
        }
        state.transaction = new MailTransaction(mail, state.client(mail.smtpUtf8()));
        state.reply(Replies.SENDER_OK);
    }

    private void rcpt(String argument) throws IOException, Refusal {
        MailTransaction current = state.transaction;
        if (current == null) {
            throw Replies.badSequence("MAIL first");
        }
        if (current.chunks() != null) {
            throw Replies.badSequence("Content has begun");
        }
        Recipient recipient = RcptCommand.parse(argument, current.mail().smtpUtf8(), settings.postmasterDomain());
        if (current.recipientCount() >= state.limits.recipients()) {
            throw Refusal.of("too-many-recipients", 452, "4.5.3", "Too many recipients");
        }
        gate.recipient(recipient.address());
        Optional<Reply> refusal = ask(current, recipient);
        if (refusal.isPresent()) {
            throw recipientRefused(refusal.get(), recipient);
        }
        current.add(recipient);
        state.reply(Replies.RECIPIENT_OK);
    }

    private Optional<Reply> ask(MailTransaction current, Recipient recipient) throws Refusal {
        try {
            return state.services.routing().refusal(current.mail().from(), recipient.address(), current.client());
        } catch (RuntimeException e) {
            LOG.error("{}: no answer about a recipient", state.connection, e);
            throw Refusal.of("internal-error", 451, "4.3.0", "Internal error, try again later");
        }
    }

    /** The log's word for a refused recipient, from the meaning of its status code (RFC 3463 3.2 and 3.8). */
    private static Refusal recipientRefused(Reply reply, Recipient recipient) {
        String reason =
                switch (reply.status().toString()) {
                    case "5.1.1" -> "unknown-recipient";
                    case "5.7.1" -> "not-our-domain";
                    default -> "recipient-refused";
                };
        return Refusal.of(reason, reply).about(recipient.address());
    }
}
