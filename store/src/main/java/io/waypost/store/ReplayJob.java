package io.waypost.store;

import io.waypost.message.EffectKey;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Makes a dead effect ready again. */
final class ReplayJob extends Job<Boolean> {

    private final EffectKey key;
    private final Instant now;
    private final String destination;
    private boolean found;

    ReplayJob(EffectKey key, Instant now, String destination) {
        this.key = key;
        this.now = now;
        this.destination = destination;
    }

    @Override
    void apply(RowWriter rows) throws SQLException, IOException {
        Optional<RowReader.DeadRun> dead = rows.reader().deadRun(key);
        found = dead.isPresent();
        if (dead.isPresent()) {
            rows.replay(dead.get(), now, destination);
        }
    }

    @Override
    Boolean committed() {
        return found;
    }
}
