package io.waypost.smtp.testing;

import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.RunKey;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A spool in memory that can be full, failing, or slow to commit. */
public final class MemorySpool implements Spool {

    /** What was committed. */
    public record Stored(Acceptance acceptance, byte[] content) {
        /** The content as received. */
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** Trace fields. */
        public String trace() {
            return new String(acceptance.traceFields(), StandardCharsets.UTF_8);
        }
    }

    public final List<Stored> stored = new CopyOnWriteArrayList<>();
    public final AtomicInteger openDrafts = new AtomicInteger();
    public volatile @Nullable StoreUnavailableException onDraft;
    public volatile @Nullable StoreUnavailableException onWrite;
    public volatile @Nullable StoreUnavailableException onCommit;
    public volatile @Nullable RuntimeException onCommitBug;
    public volatile @Nullable CountDownLatch commitGate;
    public final CountDownLatch commitBegun = new CountDownLatch(1);

    @Override
    public Draft draft(long expectedBytes) throws IOException {
        if (onDraft != null) {
            throw onDraft;
        }
        openDrafts.incrementAndGet();
        return new MemoryDraft();
    }

    @Override
    public Committed commit(Acceptance acceptance, Draft draft) throws IOException {
        commitBegun.countDown();
        CountDownLatch gate = commitGate;
        try {
            if (gate != null) {
                gate.await();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (onCommit != null) {
            throw onCommit;
        }
        if (onCommitBug != null) {
            throw onCommitBug;
        }
        byte[] content = ((MemoryDraft) draft).bytes();
        stored.add(new Stored(acceptance, content));
        draft.close();
        Mail mail = new Mail(
                acceptance.id(),
                acceptance.line(),
                acceptance.at(),
                acceptance.envelope(),
                content.length + acceptance.traceFields().length,
                acceptance.plan());
        return new Committed(mail, List.of());
    }

    @Override
    public MessageContent content(MessageId id) throws IOException {
        for (Stored mail : stored) {
            if (mail.acceptance().id().equals(id)) {
                return MessageContent.of(mail.content())
                        .withFieldsOnTop(mail.acceptance().traceFields());
            }
        }
        throw new IOException("unknown " + id);
    }

    @Override
    public Optional<MessageContent> revision(RunKey run) {
        return Optional.empty();
    }

    private final class MemoryDraft implements Draft {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        byte[] bytes() {
            if (closed) {
                throw new IllegalStateException("commit of a closed draft");
            }
            return bytes.toByteArray();
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (closed) {
                throw new IllegalStateException("write to a closed draft");
            }
            if (onWrite != null) {
                throw onWrite;
            }
            bytes.write(octets, offset, length);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                openDrafts.decrementAndGet();
            }
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }
}
