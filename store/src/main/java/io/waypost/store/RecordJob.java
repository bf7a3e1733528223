package io.waypost.store;

import io.waypost.message.MessageId;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger.Entry;
import io.waypost.message.port.Ledger.Revision;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down one step of one run, and settles the mail when it was the last. */
final class RecordJob extends Job<Boolean> {

    private static final byte[] NO_HEAD = {};

    private final Entry entry;
    private final @Nullable StoredDraft revision;
    private final Instant now;
    private final Memory memory;
    private @Nullable Location location;
    private boolean revised;
    private final List<MessageId> settled = new ArrayList<>(1);
    private final List<RowWriter.Released> released = new ArrayList<>(1);

    /** @param location where the revision's bytes are already, when they have a file of their own */
    RecordJob(Entry entry, @Nullable StoredDraft revision, @Nullable Location location, Instant now, Memory memory) {
        this.entry = entry;
        this.revision = revision;
        this.location = location;
        this.now = now;
        this.memory = memory;
    }

    @Override
    long contentBytes() {
        // At least 1: an empty revision is content, too.
        return revision != null && !revision.inFile() ? revision.size() + 1 : 0;
    }

    @Override
    void append(Appender appender) throws IOException {
        if (revision != null && entry.revision().isPresent()) {
            MessageId id = entry.revision().get().run().message();
            location = appender.append(id, NO_HEAD, revision.inMemory(), revision.size(), revision.bodyCrc());
        }
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        settled.clear();
        released.clear();
        revised = false;
        if (entry.attempt().isPresent()) {
            OptionalLong mail = seq(rows, entry.attempt().get().effect().message());
            if (mail.isPresent()) {
                rows.insertAttempt(mail.getAsLong(), entry.attempt().get());
            }
        }
        if (entry.revision().isPresent() && location != null) {
            applyRevision(rows, entry.revision().get(), location);
        }
        applyStates(rows);
    }

    private OptionalLong seq(RowWriter rows, MessageId id) throws SQLException {
        return Memory.seq(memory.openMails().find(id), id, rows.reader());
    }

    private void applyRevision(RowWriter rows, Revision revision, Location location) throws SQLException {
        OptionalLong mail = seq(rows, revision.run().message());
        // A mail that was settled meanwhile (dropped by an operator, say) takes no more content.
        if (mail.isPresent() && rows.isOpen(mail.getAsLong())) {
            released.addAll(
                    rows.releaseRevision(mail.getAsLong(), revision.run().index()));
            int action = entry.attempt()
                    .orElseThrow(() -> new IllegalArgumentException("a revision comes with the attempt that made it"))
                    .effect()
                    .action();
            rows.insertRevision(mail.getAsLong(), revision.run().index(), action, location);
            revised = true;
        }
    }

    private void applyStates(RowWriter rows) throws SQLException {
        Set<MessageId> mayBeSettled = new HashSet<>(2);
        for (Map.Entry<RunKey, RunState> change : entry.states().entrySet()) {
            MessageId id = change.getKey().message();
            OpenMails.OpenMail open = memory.openMails().find(id);
            OptionalLong mail = Memory.seq(open, id, rows.reader());
            if (mail.isEmpty()) {
                continue;
            }
            if (open != null && open.runs() == 1 && change.getValue() instanceof RunState.Done done) {
                // By far the most frequent entry: the only run is done, its row need not be changed before it goes.
                String how = String.valueOf(StateRow.letter(done.how()));
                noteSettled(id, rows.settle(mail.getAsLong(), now, how));
                continue;
            }
            boolean held = entry.keepClaim().filter(change.getKey()::equals).isPresent();
            rows.updateRun(mail.getAsLong(), change.getKey().index(), change.getValue(), held);
            if (change.getValue() instanceof RunState.Done) {
                mayBeSettled.add(id);
            }
        }
        for (MessageId id : mayBeSettled) {
            OptionalLong mail = seq(rows, id);
            if (mail.isPresent()) {
                noteSettled(id, rows.settleIfDone(mail.getAsLong(), now));
            }
        }
    }

    private void noteSettled(MessageId id, Optional<List<RowWriter.Released>> releasedNow) {
        if (releasedNow.isPresent()) {
            settled.add(id);
            released.addAll(releasedNow.get());
        }
    }

    @Override
    Boolean committed() {
        if (revision != null) {
            if (revised && location != null) {
                revision.spend();
                memory.added(location);
            } else {
                revision.close();
            }
        }
        settled.forEach(memory::settled);
        memory.released(released);
        for (Map.Entry<RunKey, RunState> change : entry.states().entrySet()) {
            RunKey key = change.getKey();
            if (change.getValue() instanceof RunState.Ready ready
                    && entry.keepClaim().filter(key::equals).isPresent()) {
                memory.claims().hold(key, RowTime.nanos(ready.at()));
            } else {
                memory.claims().release(key);
            }
        }
        return !settled.isEmpty();
    }

    /** Callers may chain anything to a record's future; that must not run on the writer thread. */
    @Override
    boolean onlyWakes() {
        return false;
    }
}
