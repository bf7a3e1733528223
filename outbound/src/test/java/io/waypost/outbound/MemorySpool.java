package io.waypost.outbound;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A spool in memory. It hands out no claims: tests carry out the runs of the committed plan themselves. */
public final class MemorySpool implements Spool {

    public final Map<MessageId, Mail> mails = new LinkedHashMap<>();
    public final Map<MessageId, Acceptance> acceptances = new HashMap<>();
    private final Map<MessageId, byte[]> contents = new HashMap<>();
    private final Map<String, Mail> repeatKeys = new HashMap<>();
    public int openDrafts;
    public boolean full;

    @Override
    public Draft draft(long expectedBytes) throws IOException {
        if (full) {
            throw new StoreUnavailableException(true, "full");
        }
        openDrafts++;
        return new MemoryDraft();
    }

    @Override
    public Committed commit(Acceptance acceptance, Draft draft) throws IOException {
        Optional<Mail> known = acceptance.repeatKey().map(repeatKeys::get);
        if (known.isPresent()) {
            return new Committed(known.get(), java.util.List.of());
        }
        byte[] bytes;
        try (InputStream in = draft.withFieldsOnTop(acceptance.traceFields()).open()) {
            bytes = in.readAllBytes();
        }
        Mail mail = new Mail(
                acceptance.id(),
                acceptance.line(),
                acceptance.at(),
                acceptance.envelope(),
                bytes.length,
                acceptance.plan(),
                acceptance.verdicts(),
                acceptance.sending());
        mails.put(mail.id(), mail);
        acceptances.put(mail.id(), acceptance);
        contents.put(mail.id(), bytes);
        acceptance.repeatKey().ifPresent(key -> repeatKeys.put(key, mail));
        return new Committed(mail, java.util.List.of());
    }

    @Override
    public MessageContent content(MessageId id) throws IOException {
        byte[] bytes = contents.get(id);
        if (bytes == null) {
            throw new IOException("unknown mail " + id);
        }
        return MessageContent.of(bytes);
    }

    @Override
    public Optional<MessageContent> revision(RunKey run) {
        return Optional.empty();
    }

    private final class MemoryDraft implements Draft {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                openDrafts--;
            }
        }
    }
}
