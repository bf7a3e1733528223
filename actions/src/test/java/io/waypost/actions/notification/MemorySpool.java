package io.waypost.actions.notification;

import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A spool in memory that knows repeat keys. */
final class MemorySpool implements Spool {

    final Map<MessageId, Acceptance> accepted = new LinkedHashMap<>();
    private final Map<MessageId, byte[]> contents = new HashMap<>();
    private final Map<String, Mail> repeats = new HashMap<>();
    boolean full;

    @Override
    public Draft draft(long expectedBytes) throws IOException {
        if (full) {
            throw new StoreUnavailableException(true, "full");
        }
        return new MemoryDraft();
    }

    @Override
    public Committed commit(Acceptance acceptance, Draft draft) throws IOException {
        Optional<Mail> known = acceptance.repeatKey().map(repeats::get);
        if (known.isPresent()) {
            return new Committed(known.get(), List.of());
        }
        Mail mail = new Mail(
                acceptance.id(),
                acceptance.line(),
                acceptance.at(),
                acceptance.envelope(),
                draft.size(),
                acceptance.plan());
        accepted.put(mail.id(), acceptance);
        try (InputStream in = draft.open()) {
            contents.put(mail.id(), in.readAllBytes());
        }
        acceptance.repeatKey().ifPresent(key -> repeats.put(key, mail));
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < mail.plan().runs().size(); i++) {
            String destination = mail.plan().runs().get(i).destination();
            RunState.Ready ready = new RunState.Ready(0, 0, acceptance.at(), acceptance.at(), destination);
            runs.add(new Run(mail, i, ready, OptionalInt.empty()));
        }
        return new Committed(mail, runs);
    }

    @Override
    public MessageContent content(MessageId id) throws IOException {
        byte[] bytes = contents.get(id);
        if (bytes == null) {
            throw new IOException("unknown: " + id);
        }
        return MessageContent.of(bytes);
    }

    @Override
    public Optional<MessageContent> revision(RunKey run) {
        return Optional.empty();
    }

    private static final class MemoryDraft implements Draft {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(byte[] more, int offset, int length) {
            bytes.write(more, offset, length);
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
        public void close() {}
    }
}
