package io.waypost.store;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The settings of the embedded store. */
final class EmbeddedSettings implements Settings {

    private final Writer writer;
    private final Readers readers;

    EmbeddedSettings(Writer writer, Readers readers) {
        this.writer = writer;
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
    public void apply(List<Change> changes, Instant at) throws IOException {
        for (Change change : changes) {
            if (change instanceof Change.Put(Key key, String text)
                    && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "the " + key.kind() + " '" + key.name() + "' is longer than " + MOST_BYTES + " bytes");
            }
        }
        SettingsJob job = new SettingsJob(List.copyOf(changes), at);
        writer.submit(job);
        job.await();
    }
}
