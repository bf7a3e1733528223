package io.waypost.smtp.session;

import io.waypost.message.Client;
import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.message.port.MailLog;
import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.reception.Reception;
import io.waypost.smtp.wire.ChunkReader;
import io.waypost.smtp.wire.Connection;
import io.waypost.smtp.wire.DataReader;
import io.waypost.smtp.wire.EndedException;
import io.waypost.smtp.wire.Input;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.Output;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SMTP conversation, server side (RFC 5321). Runs on a virtual thread of its own, which blocks where the peer or the store
 * is awaited; nobody else touches its state.
 *
 * <p>Every refusal is a {@link Refusal} and ends up in {@link #refuse}; every end of the connection ends up in {@link #run}.
 */
public final class SmtpSession implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);

    /** RFC 5321 4.5.3.1.4; MAIL and RCPT are longer by what their extensions add. */
    private static final int LONGEST_PLAIN_COMMAND = 512 - 2;

    /** Commands from one accepted mail to the next; a mail with many recipients needs a few hundred. */
    private static final int MOST_COMMANDS = 2000;

    private final SessionServices services;
    private final SmtpSettings settings;
    private final Limits limits;
    private final ListenerSettings listener;
    private final Connection connection;
    private final Output output;
    private final Input input;
    private final LineReader lines;

    private InetSocketAddress peer;
    private Optional<Client.Tls> tls = Optional.empty();
    private String helo = "";
    private boolean extended;
    private @Nullable MailTransaction transaction;
    private String stage = "CONNECT";
    private boolean open = true;
    private int badCommands;
    private int commands;
    private long skipped;

    public SmtpSession(SessionServices services, ListenerSettings listener, Connection connection) {
        this.services = services;
        this.settings = services.settings();
        this.limits = settings.limits();
        this.listener = listener;
        this.connection = connection;
        this.peer = connection.peer();
        this.output = new Output(connection);
        this.input = new Input(connection, output, services.buffers());
        this.lines = new LineReader(input);
    }

    @Override
    public void run() {
        boolean slot = false;
        try {
            peer = Opening.realClient(listener, connection, input, limits);
            slot = services.slots().take(peer.getAddress());
            if (!slot) {
                throw Opening.tooManyFromAddress();
            }
            services.observer().connectionOpened();
            try {
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
                services.slots().release(peer.getAddress());
            }
            connection.close();
            input.close();
        }
    }

    private void converse() {
        try {
            greet();
            while (open) {
                step();
            }
            output.flush();
            if (!stage.equals("QUIT")) {
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
            LOG.error("{}: session failed at {}", connection, stage, e);
            sayGoodbye(Replies.broken());
        } finally {
            reset();
        }
    }

    private void greet() throws IOException, Refusal {
        if (listener.tls() == TlsMode.IMPLICIT) {
            tls = Optional.of(connection.startTls(services.tls().context(), input.takeBuffered()));
        }
        if (input.hasBuffered() || connection.hasWaiting()) {
            throw Replies.outOfStep("early-talker", "You spoke before the greeting");
        }
        output.line("220 " + settings.hostname() + " ESMTP Waypost");
    }

    /** Reads one command and answers it. */
    private void step() throws IOException {
        connection.allow(limits.commandTimeout());
        stage = "COMMAND";
        try {
            CommandLine line = CommandLine.of(lines.read());
            if (++commands > MOST_COMMANDS) {
                throw Replies.tooManyCommands();
            }
            execute(line);
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
        if (stage.equals("BDAT") || (stage.equals("DATA") && transaction != null && transaction.hasContent())) {
            end(result);
        }
    }

    private void execute(CommandLine line) throws IOException, WireFault, Refusal {
        Verb verb = Verb.of(line.word());
        if (verb == null) {
            throw notACommand(line.word());
        }
        stage = verb.name();
        String argument = line.argument();
        if (verb != Verb.MAIL && verb != Verb.RCPT && stage.length() + 1 + argument.length() > LONGEST_PLAIN_COMMAND) {
            throw LineReader.tooLong();
        }
        switch (verb) {
            case HELO -> helo(argument, false);
            case EHLO -> helo(argument, true);
            case MAIL -> mail(argument);
            case RCPT -> rcpt(argument);
            case DATA -> data(argument);
            case BDAT -> bdat(argument);
            case STARTTLS -> startTls(argument);
            case RSET -> {
                requireNothing(argument);
                reset();
                reply(Replies.OK);
            }
            case NOOP -> reply(Replies.OK);
            case VRFY -> reply(Replies.VRFY);
            case HELP -> reply(Replies.HELP);
            case QUIT -> {
                requireNothing(argument);
                reply(Replies.BYE);
                open = false;
            }
        }
    }

    private Refusal notACommand(String word) {
        if (Verb.isHttp(word)) {
            return Replies.http();
        }
        // A PROXY header where none is expected: somebody tries to be somebody else.
        return word.equals("PROXY") ? Replies.unknownCommand().closing() : Replies.unknownCommand();
    }

    private void helo(String argument, boolean ehlo) throws IOException, Refusal {
        helo = Helo.check(argument);
        extended = ehlo;
        // RFC 5321 4.1.4: EHLO in mid-session is a RSET.
        reset();
        if (!ehlo) {
            output.line("250 " + settings.hostname());
            return;
        }
        output.line("250-" + settings.hostname());
        output.line("250-PIPELINING");
        output.line("250-SIZE " + limits.messageSize());
        output.line("250-8BITMIME");
        output.line("250-SMTPUTF8");
        output.line("250-CHUNKING");
        if (listener.tls() == TlsMode.STARTTLS && tls.isEmpty()) {
            output.line("250-STARTTLS");
        }
        output.line("250-ENHANCEDSTATUSCODES");
        output.line("250-DSN");
        output.line("250 HELP");
    }

    private void startTls(String argument) throws IOException, Refusal {
        requireNothing(argument);
        if (listener.tls() != TlsMode.STARTTLS || tls.isPresent()) {
            throw Replies.badSequence("STARTTLS not available");
        }
        // RFC 3207 4: what came in clear behind STARTTLS would be taken for what the peer said under TLS.
        if (input.hasBuffered() || connection.hasWaiting()) {
            throw Replies.outOfStep("data-before-tls", "You spoke before the TLS handshake");
        }
        reply(Replies.READY_FOR_TLS);
        output.flush();
        tls = Optional.of(connection.startTls(services.tls().context(), new byte[0]));
        // RFC 3207 4.2: all that was said in clear is forgotten.
        helo = "";
        extended = false;
        reset();
    }

    private void mail(String argument) throws IOException, Refusal {
        if (helo.isEmpty()) {
            throw Replies.badSequence("EHLO first");
        }
        if (transaction != null) {
            throw Replies.badSequence("Nested MAIL");
        }
        MailCommand mail = MailCommand.parse(argument);
        if (mail.size() > limits.messageSize()) {
            throw Replies.messageTooLarge();
        }
        transaction = new MailTransaction(mail, client(mail.smtpUtf8()));
        reply(Replies.SENDER_OK);
    }

    private void rcpt(String argument) throws IOException, Refusal {
        MailTransaction current = transaction;
        if (current == null) {
            throw Replies.badSequence("MAIL first");
        }
        if (current.chunks() != null) {
            throw Replies.badSequence("Content has begun");
        }
        Recipient recipient = RcptCommand.parse(argument, current.mail().smtpUtf8(), settings.postmasterDomain());
        if (current.recipientCount() >= limits.recipients()) {
            throw Refusal.of("too-many-recipients", 452, "4.5.3", "Too many recipients");
        }
        Optional<Reply> refusal = gate(current, recipient);
        if (refusal.isPresent()) {
            refuse(recipientRefused(refusal.get()), List.of(recipient.address().toString()));
            return;
        }
        current.add(recipient);
        reply(Replies.RECIPIENT_OK);
    }

    private Optional<Reply> gate(MailTransaction current, Recipient recipient) throws Refusal {
        try {
            return services.routing().refusal(current.mail().from(), recipient.address(), current.client());
        } catch (RuntimeException e) {
            LOG.error("{}: no answer about a recipient", connection, e);
            throw Refusal.of("internal-error", 451, "4.3.0", "Internal error, try again later");
        }
    }

    /** The log's word for a refused recipient, from the meaning of its status code (RFC 3463 3.2 and 3.8). */
    private static Refusal recipientRefused(Reply reply) {
        return switch (reply.status().toString()) {
            case "5.1.1" -> Refusal.of("unknown-recipient", reply);
            case "5.7.1" -> Refusal.of("not-our-domain", reply);
            default -> Refusal.of("recipient-refused", reply);
        };
    }

    private void data(String argument) throws IOException, WireFault, Refusal {
        requireNothing(argument);
        MailTransaction current = readyForContent();
        if (current.chunks() != null) {
            throw Replies.badSequence("BDAT has begun");
        }
        current.begin(newContent(current));
        // RFC 2920 3.1: DATA is the last command of a group, and the content waits for the 354.
        if (input.hasBuffered() || connection.hasWaiting()) {
            throw Replies.outOfStep("data-before-354", "You sent content before the 354");
        }
        output.line("354 End data with <CR><LF>.<CR><LF>");
        DataPace pace = new DataPace(connection, limits);
        pace.begin();
        new DataReader(input, pace, limits.lineLength()).read(current.content());
        accept(current);
    }

    private void bdat(String argument) throws IOException, WireFault, Refusal {
        BdatCommand chunk = BdatCommand.parse(argument);
        MailTransaction current;
        MailTransaction.Chunks chunks;
        try {
            current = readyForContent();
            chunks = chunks(current);
        } catch (Refusal refusal) {
            skip(chunk, refusal);
            throw refusal;
        }
        chunks.pace().begin();
        chunks.reader().read(chunk.length(), current.content(), chunks.pace());
        current.content().requireSound();
        if (chunk.last()) {
            chunks.reader().end();
            accept(current);
        } else {
            reply(Reply.of(250, "2.0.0", chunk.length() + " octets received"));
        }
    }

    /** The octets of a refused BDAT come all the same (RFC 3030 2), and must not be read as commands. */
    private void skip(BdatCommand chunk, Refusal refusal) throws IOException, Refusal {
        skipped += Math.min(chunk.length(), drainable() + 1);
        if (skipped > drainable()) {
            throw refusal.closing();
        }
        DataPace pace = new DataPace(connection, limits);
        pace.begin();
        ChunkReader.skip(input, chunk.length(), pace);
    }

    private MailTransaction readyForContent() throws Refusal {
        if (transaction == null) {
            throw Replies.badSequence("MAIL first");
        }
        if (transaction.recipientCount() == 0) {
            throw Refusal.of("no-recipients", 554, "5.5.1", "No valid recipients");
        }
        return transaction;
    }

    private MailTransaction.Chunks chunks(MailTransaction current) throws Refusal {
        MailTransaction.Chunks chunks = current.chunks();
        if (chunks == null) {
            current.begin(newContent(current));
            chunks = new MailTransaction.Chunks(
                    new ChunkReader(input, limits.lineLength()), new DataPace(connection, limits));
            current.begin(chunks);
        }
        return chunks;
    }

    private IncomingContent newContent(MailTransaction current) throws Refusal {
        try {
            return new IncomingContent(
                    services.spool().draft(current.expectedSize()), limits.messageSize(), drainable());
        } catch (IOException e) {
            throw Reception.unavailable(e);
        }
    }

    private long drainable() {
        return Math.max(limits.messageSize(), 1024 * 1024);
    }

    private void accept(MailTransaction current) throws IOException, Refusal {
        current.content().requireSound();
        // The peer waits for us now, as long as it takes.
        connection.allowForever();
        Reply reply = services.reception()
                .receive(current.envelope(), current.content().draft());
        commands = 0;
        end(SessionObserver.Result.ACCEPTED);
        reply(reply);
    }

    private void requireNothing(String argument) throws Refusal {
        if (!argument.isEmpty()) {
            throw Replies.syntax("No argument expected");
        }
    }

    /** Ends the transaction without a result of its own. */
    private void reset() {
        end(SessionObserver.Result.ABANDONED);
    }

    private void end(SessionObserver.Result result) {
        if (transaction != null) {
            transaction.end(services.observer(), result);
            transaction = null;
        }
    }

    private void reply(Reply reply) throws IOException {
        output.reply(reply, transaction != null && transaction.mail().smtpUtf8());
    }

    private Refusal faulty(WireFault fault) {
        String text = fault.kind().text() + " is not allowed, lines end with CRLF";
        boolean content = stage.equals("DATA") || stage.equals("BDAT");
        return (content
                        ? Refusal.of(fault.kind().reason(), 550, "5.6.0", text)
                        : Refusal.of(fault.kind().reason(), 500, "5.5.2", text))
                .closing();
    }

    private void refuse(Refusal refusal) throws IOException {
        refuse(refusal, transaction == null ? List.of() : transaction.recipientNames());
    }

    /** Says no, writes it down, and loses patience in the end. */
    private void refuse(Refusal refusal, List<String> to) throws IOException {
        int code = refusal.reply().code();
        boolean badCommand = (code >= 500 && code <= 504) || code == 555;
        Refusal said = badCommand && ++badCommands >= limits.badCommands() ? Replies.tooManyErrors() : refusal;
        record(said, to);
        reply(said.reply());
        if (said.isClosing()) {
            open = false;
        }
    }

    /** Refuses the connection itself, as far as the peer can still be told. */
    private void sayGoodbye(Refusal refusal) {
        record(refusal, transaction == null ? List.of() : transaction.recipientNames());
        if (listener.tls() == TlsMode.IMPLICIT && tls.isEmpty()) {
            return;
        }
        try {
            reply(refusal.reply());
            output.flush();
            connection.closeGently();
        } catch (IOException e) {
            LOG.debug("{}: gone before it heard {}", connection, refusal.reply());
        }
    }

    private void record(Refusal refusal, List<String> to) {
        MailTransaction current = transaction;
        services.mailLog()
                .record(new MailLog.Refused(
                        services.clock().instant(),
                        current == null ? client(false) : current.client(),
                        stage,
                        refusal.reason(),
                        refusal.reply(),
                        current == null
                                ? Optional.empty()
                                : Optional.of(current.mail().from().toString()),
                        to));
    }

    /** The protocol names of RFC 3848 and RFC 6531 4.3. */
    private Client client(boolean smtpUtf8) {
        String protocol = !extended ? "SMTP" : (smtpUtf8 ? "UTF8SMTP" : "ESMTP") + (tls.isPresent() ? "S" : "");
        return new Client(peer.getAddress(), peer.getPort(), helo, protocol, tls);
    }
}
