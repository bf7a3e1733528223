package io.waypost.smtp.session;

import io.waypost.message.port.Draft;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.checks.Examiner.Examination;
import io.waypost.smtp.reception.IncomingHeader;
import io.waypost.smtp.reception.IncomingMail;
import io.waypost.smtp.reception.Reception;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.Sink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The content of one mail on its way in: its header is gathered, then everything goes to the examination and into the draft as it
 * comes. Once it has broken a limit, or the store has failed, the draft is gone and the rest is passed over up to a bound: a mail that
 * was refused can never be stored.
 */
final class IncomingContent implements Sink, AutoCloseable {

    private final Draft draft;
    private final IncomingHeader header;
    private final Examination examination;
    private final long largest;
    private final long drainable;
    private boolean inBody;
    private long size;
    private long drained;
    private @Nullable Refusal failure;

    /**
     * @param largest octets of the largest mail
     * @param drainable octets that are passed over after a failure before the connection is closed
     */
    IncomingContent(Draft draft, IncomingHeader header, Examination examination, long largest, long drainable) {
        this.draft = draft;
        this.header = header;
        this.examination = examination;
        this.largest = largest;
        this.drainable = drainable;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws Refusal {
        size += length;
        if (failure == null && size > largest) {
            fail(Replies.messageTooLarge());
        }
        if (failure != null) {
            drained += length;
            if (drained > drainable) {
                throw failure.closing();
            }
            return;
        }
        try {
            take(octets, offset, length);
        } catch (IOException e) {
            fail(Reception.unavailable(e));
        } catch (Refusal refusal) {
            fail(refusal);
        }
    }

    private void take(byte[] octets, int offset, int length) throws IOException, Refusal {
        int used = 0;
        if (!inBody) {
            used = header.take(octets, offset, length);
            if (!header.ended()) {
                return;
            }
            endHeader();
        }
        examination.body(octets, offset + used, length - used);
        draft.write(octets, offset + used, length - used);
    }

    private void endHeader() throws IOException {
        byte[] stored = examination.header(header.fields());
        draft.write(stored, 0, stored.length);
        byte[] end = header.end();
        if (end.length > 2) {
            // No empty line: what is no field belongs to the body.
            examination.body(end, 0, end.length);
        }
        draft.write(end, 0, end.length);
        header.close();
        inBody = true;
    }

    @Override
    public void lineTooLong() {
        if (failure == null) {
            fail(LineReader.tooLong());
        }
    }

    private void fail(Refusal why) {
        failure = why;
        close();
    }

    /** Octets that have arrived, stored or not. */
    long size() {
        return size;
    }

    /** Throws the failure, if there was one. */
    void requireSound() throws Refusal {
        if (failure != null) {
            throw failure;
        }
    }

    /** All that has come, when nothing comes any more. */
    IncomingMail complete() throws Refusal {
        requireSound();
        try {
            if (!inBody) {
                endHeader();
            }
        } catch (IOException e) {
            fail(Reception.unavailable(e));
        }
        requireSound();
        return new IncomingMail(draft, examination);
    }

    @Override
    public void close() {
        draft.close();
        header.close();
        examination.close();
    }
}
