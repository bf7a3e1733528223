package io.waypost.smtp.session;

import io.waypost.message.port.Draft;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.reception.Reception;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.Sink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The content of one mail on its way into a draft. Once it has broken a limit, or the store has failed, the draft is gone and
 * the rest is passed over up to a bound: a mail that was refused can never be stored.
 */
final class IncomingContent implements Sink, AutoCloseable {

    private final Draft draft;
    private final long largest;
    private final long drainable;
    private long size;
    private long drained;
    private @Nullable Refusal failure;

    /**
     * @param largest octets of the largest mail
     * @param drainable octets that are passed over after a failure before the connection is closed
     */
    IncomingContent(Draft draft, long largest, long drainable) {
        this.draft = draft;
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
            draft.write(octets, offset, length);
        } catch (IOException e) {
            fail(Reception.unavailable(e));
        }
    }

    @Override
    public void lineTooLong() {
        if (failure == null) {
            fail(LineReader.tooLong());
        }
    }

    private void fail(Refusal why) {
        failure = why;
        draft.close();
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

    /** The draft with all that has arrived. */
    Draft draft() {
        return draft;
    }

    @Override
    public void close() {
        draft.close();
    }
}
