package io.waypost.smtp.session;

import io.waypost.message.Recipient;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Carries out one command after the other. What a command refuses is thrown; what it grants is replied. */
final class Commands {

    /** RFC 5321 4.5.3.1.4; MAIL, RCPT and AUTH are longer by what their extensions add. */
    private static final int LONGEST_PLAIN_COMMAND = 512 - 2;

    /** Commands from one accepted mail to the next; a mail with many recipients needs a few hundred. */
    private static final int MOST_COMMANDS = 2000;

    private final SessionState state;
    private final LineReader lines;
    private final Agent agent;
    private final SmtpSettings settings;
    private final ContentCommands content;

    Commands(SessionState state, LineReader lines) {
        this.state = state;
        this.lines = lines;
        this.agent = state.agent;
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
                && verb != Verb.AUTH
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
            case AUTH -> agent.authenticate(argument, lines);
            case RSET -> {
                requireNothing(argument);
                state.reset();
                state.reply(Replies.OK);
            }
            case NOOP -> state.reply(Replies.OK);
            case VRFY -> state.reply(Replies.VRFY);
            case HELP -> state.reply(agent.help());
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
        List<String> extensions = agent.extensions();
        for (String extension : extensions.subList(0, extensions.size() - 1)) {
            state.output.line("250-" + extension);
        }
        state.output.line("250 " + extensions.getLast());
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
        agent.begin();
        MailCommand mail = MailCommand.parse(argument, agent.parameters());
        agent.sender(mail);
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
        Recipient recipient =
                RcptCommand.parse(argument, current.mail().smtpUtf8(), settings.postmasterDomain(), agent.parameters());
        if (current.recipientCount() >= state.limits.recipients()) {
            throw Refusal.of("too-many-recipients", 452, "4.5.3", "Too many recipients");
        }
        agent.recipient(current, recipient);
        current.add(recipient);
        state.reply(Replies.RECIPIENT_OK);
    }
}
