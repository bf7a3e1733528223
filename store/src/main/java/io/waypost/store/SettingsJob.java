package io.waypost.store;

import io.waypost.message.port.Settings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes changes of what was set up through the APIs. */
final class SettingsJob extends Job<@Nullable Void> {

    private final List<Settings.Change> changes;
    private final Instant at;

    SettingsJob(List<Settings.Change> changes, Instant at) {
        this.changes = changes;
        this.at = at;
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        new SettingRows(rows.reader().statements()).apply(changes, at);
    }

    @Override
    @Nullable
    Void committed() {
        return null;
    }
}
