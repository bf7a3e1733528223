package io.waypost.store;

import io.waypost.message.Mail;
import io.waypost.message.Plan;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Spool.Acceptance;
import io.waypost.message.port.Spool.Committed;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Accepts one mail. */
final class AcceptJob extends Job<Committed> {

    private final Acceptance acceptance;
    private final StoredDraft draft;
    private final byte[] body;
    private final Memory memory;
    private final boolean keepsContent;
    private @Nullable Location location;
    private @Nullable Mail known;
    private long seq;

    /** @param location where the bytes are already, when they have a file of their own */
    AcceptJob(Acceptance acceptance, StoredDraft draft, byte[] body, @Nullable Location location, Memory memory) {
        this.acceptance = acceptance;
        this.draft = draft;
        this.body = body;
        this.location = location;
        this.memory = memory;
        // A mail with nothing to be done is settled at once, and a settled mail has no content.
        this.keepsContent = !acceptance.plan().runs().isEmpty();
    }

    @Override
    long contentBytes() {
        return keepsContent && !draft.inFile() ? size() : 0;
    }

    private long size() {
        return acceptance.traceFields().length + draft.size();
    }

    @Override
    void append(Appender appender) throws IOException {
        location = appender.append(
                acceptance.id(), acceptance.traceFields(), draft.inMemory(), draft.size(), draft.bodyCrc());
    }

    @Override
    void apply(RowWriter rows) throws SQLException, IOException {
        known = null;
        if (acceptance.repeatKey().isPresent()) {
            Optional<MailRow> earlier =
                    rows.reader().mailByRepeatKey(acceptance.repeatKey().get());
            if (earlier.isPresent()) {
                known = earlier.get().mail();
                return;
            }
        }
        memory.closedVersions().requireOpen(acceptance.plan());
        seq = rows.insertMail(acceptance, size(), body);
        if (!keepsContent || location == null) {
            rows.insertSettled(seq, acceptance.at(), "");
            return;
        }
        rows.insertContent(seq, Memory.ORIGINAL, location);
        List<Plan.PlannedRun> runs = acceptance.plan().runs();
        for (int i = 0; i < runs.size(); i++) {
            rows.insertRun(seq, i, firstState(runs.get(i)), true);
        }
    }

    private RunState firstState(Plan.PlannedRun run) {
        return run.waitsFor().isPresent() ? new RunState.Waiting(run.waitsFor().getAsInt()) : ready(run);
    }

    private RunState.Ready ready(Plan.PlannedRun run) {
        return new RunState.Ready(0, 0, acceptance.at(), acceptance.at(), run.destination());
    }

    @Override
    Committed committed() {
        if (known != null) {
            draft.close();
            return new Committed(known, List.of());
        }
        Mail mail = new Mail(
                acceptance.id(),
                acceptance.line(),
                acceptance.at(),
                acceptance.envelope(),
                size(),
                acceptance.plan(),
                acceptance.verdicts(),
                acceptance.sending());
        if (!keepsContent || location == null) {
            draft.close();
            return new Committed(mail, List.of());
        }
        draft.spend();
        memory.accepted(mail, seq, location);
        List<Run> ready = new ArrayList<>();
        for (int i = 0; i < mail.plan().runs().size(); i++) {
            Plan.PlannedRun run = mail.plan().runs().get(i);
            if (run.waitsFor().isEmpty()) {
                memory.claims().hold(new RunKey(mail.id(), i), RowTime.nanos(acceptance.at()));
                ready.add(new Run(mail, i, ready(run), OptionalInt.empty()));
            }
        }
        return new Committed(mail, ready);
    }

    @Override
    void undo(RowWriter rows) throws SQLException {
        rows.undoMail(acceptance.id());
    }
}
