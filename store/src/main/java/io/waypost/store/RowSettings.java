package io.waypost.store;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Settings as their rows stand: what a process beside the server sees of them. It changes none, for the server has them in memory. */
class RowSettings implements Settings {

    private final Readers readers;

    RowSettings(Readers readers) {
        this.readers = readers;
    }

    @Override
    public final Optional<Setting> find(Key key) throws IOException {
        return readers.ask(rows -> new SettingRows(rows.statements()).find(key));
    }

    @Override
    public final List<Setting> list(Scope scope, String kind) throws IOException {
        return readers.ask(rows -> new SettingRows(rows.statements()).list(scope, kind));
    }

    @Override
    public final List<Setting> list(Scope scope, String kind, String after, int most) throws IOException {
        return readers.ask(rows -> new SettingRows(rows.statements()).list(scope, kind, after, most));
    }

    @Override
    public final List<Setting> list(String kind) throws IOException {
        return readers.ask(rows -> new SettingRows(rows.statements()).list(kind));
    }

    /** @throws IllegalArgumentException when a text has more than {@link #MOST_BYTES} */
    static void refuseTooLong(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.Put(Key key, String text)
                    && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "the " + key.kind() + " '" + key.name() + "' is longer than " + MOST_BYTES + " bytes");
            }
        }
    }

    @Override
    public void apply(List<Change> changes, Instant at) throws IOException {
        throw new UnsupportedOperationException("only the server changes settings");
    }
}
