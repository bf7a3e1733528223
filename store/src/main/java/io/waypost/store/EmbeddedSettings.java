package io.waypost.store;

import java.io.IOException;
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
        refuseTooLong(changes);
        SettingsJob job = new SettingsJob(List.copyOf(changes), at);
        writer.submit(job);
        job.await();
    }
}
