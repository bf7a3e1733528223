package io.waypost.message.port;

import io.waypost.message.MessageContent;
import java.io.IOException;

/**
 * A message on its way in: bytes are written as they arrive, and become a mail by {@link Spool#commit}, or vanish by
 * {@link #close()}. Written by one thread; once nothing is written any more, several may read it at once.
 *
 * <p>Small drafts stay in memory, large ones (or any, when the memory for drafts is used up) go to a file of their own, so a
 * draft never holds a whole large mail in the heap.
 */
public interface Draft extends MessageContent, AutoCloseable {

    /**
     * Appends bytes. The array may be used again by the caller afterwards.
     *
     * @throws StoreUnavailableException when there is no room or the disk fails; the draft can then only be closed
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Forgets everything unless committed. May be called twice; never throws. */
    @Override
    void close();
}
