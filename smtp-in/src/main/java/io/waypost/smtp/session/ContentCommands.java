package io.waypost.smtp.session;

import io.waypost.message.Reply;
import io.waypost.smtp.Limits;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.reception.Reception;
import io.waypost.smtp.wire.ChunkReader;
import io.waypost.smtp.wire.DataReader;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;

/** The commands that bring content: DATA (RFC 5321 4.1.1.4) and BDAT (RFC 3030). */
final class ContentCommands {

    /** At least so much of a refused mail is passed over before the connection is closed. */
    private static final long DRAINED = 1024 * 1024;

    private final SessionState state;
    private final Limits limits;

    /** Octets of refused chunks so far. */
    private long skipped;

    ContentCommands(SessionState state) {
        this.state = state;
        this.limits = state.limits;
    }

    void data() throws IOException, WireFault, Refusal {
        MailTransaction current = readyForContent();
        if (current.chunks() != null) {
            throw Replies.badSequence("BDAT has begun");
        }
        current.begin(newContent(current));
        // RFC 2920 3.1: DATA is the last command of a group, and the content waits for the 354.
        if (state.hasSpokenAhead()) {
            throw Replies.outOfStep("data-before-354", "You sent content before the 354");
        }
        state.output.line("354 End data with <CR><LF>.<CR><LF>");
        DataPace pace = new DataPace(state.connection, limits);
        pace.begin();
        new DataReader(state.input, pace, limits.lineLength()).read(current.content());
        accept(current);
    }

    void bdat(String argument) throws IOException, WireFault, Refusal {
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
            state.reply(Reply.of(250, "2.0.0", chunk.length() + " octets received"));
        }
    }

    /** The octets of a refused BDAT come all the same (RFC 3030 2), and must not be read as commands. */
    private void skip(BdatCommand chunk, Refusal refusal) throws IOException, Refusal {
        skipped += Math.min(chunk.length(), drainable() + 1);
        if (skipped > drainable()) {
            throw refusal.closing();
        }
        DataPace pace = new DataPace(state.connection, limits);
        pace.begin();
        ChunkReader.skip(state.input, chunk.length(), pace);
    }

    private MailTransaction readyForContent() throws Refusal {
        MailTransaction current = state.transaction;
        if (current == null) {
            throw Replies.badSequence("MAIL first");
        }
        if (current.recipientCount() == 0) {
            throw Refusal.of("no-recipients", 554, "5.5.1", "No valid recipients");
        }
        return current;
    }

    private MailTransaction.Chunks chunks(MailTransaction current) throws Refusal {
        MailTransaction.Chunks chunks = current.chunks();
        if (chunks == null) {
            current.begin(newContent(current));
            chunks = new MailTransaction.Chunks(
                    new ChunkReader(state.input, limits.lineLength()), new DataPace(state.connection, limits));
            current.begin(chunks);
        }
        return chunks;
    }

    private IncomingContent newContent(MailTransaction current) throws Refusal {
        Reception reception = state.services.reception();
        try {
            return new IncomingContent(
                    state.services.spool().draft(current.expectedSize()),
                    reception.header(),
                    state.agent.examine(current),
                    limits.messageSize(),
                    drainable());
        } catch (IOException e) {
            throw Reception.unavailable(e);
        }
    }

    private long drainable() {
        return Math.max(limits.messageSize(), DRAINED);
    }

    private void accept(MailTransaction current) throws IOException, Refusal {
        // The peer waits for us now, as long as it takes.
        state.connection.allowForever();
        Reply reply = state.agent.accept(current);
        state.commands = 0;
        state.end(SessionObserver.Result.ACCEPTED);
        state.reply(reply);
    }
}
