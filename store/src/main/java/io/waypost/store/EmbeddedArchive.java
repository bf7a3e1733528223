package io.waypost.store;

import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.RuleSetArchive;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The rule set archive of the embedded store. */
final class EmbeddedArchive implements RuleSetArchive {

    private final Writer writer;
    private final Readers readers;

    EmbeddedArchive(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public RuleSetVersion publish(String name, String text, Instant at) throws IOException {
        PublishJob job = new PublishJob(name, text, at);
        writer.submit(job);
        return job.await();
    }

    @Override
    public Optional<String> text(RuleSetVersion version) throws IOException {
        return readers.ask(rows -> new RuleSetRows(rows.statements()).text(version.name(), version.version()));
    }
}
