package io.waypost.store;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The settings of the embedded store, for the server and for a process beside it. */
final class EmbeddedSettings implements Settings {

    private final Changes changes;
    private final Readers readers;

    /** Makes all changes or none. */
    interface Changes {
        void make(List<Change> changes, Instant at) throws IOException;
    }

    EmbeddedSettings(Changes changes, Readers readers) {
        this.changes = changes;
        this.readers = readers;
    }

    @Override
    public Optional<Setting> find(Key key) throws IOException {
        return readers.ask(rows -> new SettingRows(rows.statements()).find(key));
    }

    @Override
    public List<Setting> list(Scope scope, String kind) throws IOException {
        return readers.ask(rows -> new SettingRows(rows.statements()).list(scope, kind));
    }

    @Override
    public List<Setting> list(String kind) throws IOException {
        return readers.ask(rows -> new SettingRows(rows.statements()).list(kind));
    }

    @Override
    public void apply(List<Change> list, Instant at) throws IOException {
        for (Change change : list) {
            if (change instanceof Change.Put(Key key, String text)
                    && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "the " + key.kind() + " '" + key.name() + "' is longer than " + MOST_BYTES + " bytes");
            }
        }
        changes.make(List.copyOf(list), at);
    }
}
