package io.waypost.store;

import io.waypost.message.RunKey;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Gives held runs their due times back, so that anybody finds them. */
final class GiveBackJob extends Job<@Nullable Void> {

    private final List<RunKey> runs;
    private final Memory memory;

    GiveBackJob(List<RunKey> runs, Memory memory) {
        this.runs = List.copyOf(runs);
        this.memory = memory;
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        for (RunKey run : runs) {
            OptionalLong mail = Memory.seq(memory.openMails().find(run.message()), run.message(), rows.reader());
            if (mail.isPresent()) {
                rows.unholdRun(mail.getAsLong(), run.index());
            }
        }
    }

    @Override
    @Nullable
    Void committed() {
        runs.forEach(memory.claims()::unhold);
        return null;
    }
}
