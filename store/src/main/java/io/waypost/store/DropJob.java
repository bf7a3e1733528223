package io.waypost.store;

import io.waypost.message.EffectKey;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ends a dead effect for good. */
final class DropJob extends Job<Boolean> {

    private final EffectKey key;
    private final Instant now;
    private final Memory memory;
    private boolean found;
    private Optional<List<RowWriter.Released>> released = Optional.empty();

    DropJob(EffectKey key, Instant now, Memory memory) {
        this.key = key;
        this.now = now;
        this.memory = memory;
    }

    @Override
    void apply(RowWriter rows) throws SQLException, IOException {
        released = Optional.empty();
        Optional<RowReader.DeadRun> dead = rows.reader().deadRun(key);
        found = dead.isPresent();
        if (dead.isPresent()) {
            released = rows.drop(dead.get(), now);
        }
    }

    @Override
    Boolean committed() {
        if (released.isPresent()) {
            memory.settled(key.message());
            memory.released(released.get());
        }
        return found;
    }
}
