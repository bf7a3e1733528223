package io.waypost.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The settings of the embedded store. */
final class EmbeddedSettings extends RowSettings {

    private final Writer writer;

    EmbeddedSettings(Writer writer, Readers readers) {
        super(readers);
        this.writer = writer;
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
