package io.waypost.store;

import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.RunKey;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The spool of the embedded store. */
final class EmbeddedSpool implements Spool {

    // A claim's number has 16 bits for the run.
    private static final int MOST_RUNS = 0xffff;

    private final Writer writer;
    private final Memory memory;
    private final Readers readers;
    private final Contents contents;
    private final DraftMemory draftMemory;
    private final OwnFiles ownFiles;
    private final Space space;
    private final int fileThreshold;

    EmbeddedSpool(
            Writer writer,
            Memory memory,
            Readers readers,
            Contents contents,
            DraftMemory draftMemory,
            OwnFiles ownFiles,
            Space space,
            int fileThreshold) {
        this.writer = writer;
        this.memory = memory;
        this.readers = readers;
        this.contents = contents;
        this.draftMemory = draftMemory;
        this.ownFiles = ownFiles;
        this.space = space;
        this.fileThreshold = fileThreshold;
    }

    @Override
    public Draft draft(long expectedBytes) throws IOException {
        space.require(Math.max(0, expectedBytes));
        try {
            return new StoredDraft(draftMemory, ownFiles, space, fileThreshold, expectedBytes);
        } catch (IOException e) {
            throw Space.unavailable("a draft cannot be begun", e);
        }
    }

    @Override
    public Committed commit(Acceptance acceptance, Draft draft) throws IOException {
        StoredDraft stored = stored(draft);
        if (acceptance.traceFields().length > OwnFiles.LONGEST_HEAD) {
            throw new IllegalArgumentException("trace fields of more than " + OwnFiles.LONGEST_HEAD + " bytes");
        }
        if (acceptance.plan().runs().size() > MOST_RUNS) {
            throw new IllegalArgumentException("a plan of more than " + MOST_RUNS + " runs");
        }
        space.require(0);
        byte[] body =
                MailCodec.encode(acceptance.envelope(), acceptance.plan(), acceptance.verdicts(), acceptance.sending());
        Location location = stored.inFile() && !acceptance.plan().runs().isEmpty()
                ? stored.finishFile(acceptance.id(), acceptance.traceFields())
                : null;
        AcceptJob job = new AcceptJob(acceptance, stored, body, location, memory);
        writer.submit(job);
        return job.await();
    }

    static StoredDraft stored(Draft draft) throws StoreUnavailableException {
        if (!(draft instanceof StoredDraft stored)) {
            throw new IllegalArgumentException("this draft was not begun by this store");
        }
        stored.requireUsable();
        return stored;
    }

    @Override
    public MessageContent content(MessageId id) throws IOException {
        OpenMails.OpenMail open = memory.openMails().find(id);
        if (open != null) {
            ContentFile file = contents.file(open.content());
            // Looked up again after the file: a segment is used for others only when its mails have left.
            if (open.equals(memory.openMails().find(id))) {
                return new StoredContent(id.value(), file, open.content());
            }
        }
        return fromRows(id, OptionalInt.empty())
                .orElseThrow(() -> new IOException("mail " + id + " is settled or unknown: it has no content"));
    }

    @Override
    public Optional<MessageContent> revision(RunKey run) throws IOException {
        return fromRows(run.message(), OptionalInt.of(run.index()));
    }

    private Optional<MessageContent> fromRows(MessageId id, OptionalInt run) throws IOException {
        int number = run.orElse(Memory.ORIGINAL);
        while (true) {
            Location location = ask(id, number);
            if (location == null) {
                return Optional.empty();
            }
            ContentFile file = contents.file(location);
            // As above: the row is still there, so the file was not used for others when it was looked up.
            if (location.equals(ask(id, number))) {
                String name = run.isPresent() ? new RunKey(id, number).toString() : id.value();
                return Optional.of(new StoredContent(name, file, location));
            }
        }
    }

    private @Nullable Location ask(MessageId id, int run) throws IOException {
        return readers.ask(rows -> rows.location(id, run)).orElse(null);
    }
}
