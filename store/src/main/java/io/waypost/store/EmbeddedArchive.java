package io.waypost.store;

import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.RuleSetArchive;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rule set archive of the embedded store. */
final class EmbeddedArchive implements RuleSetArchive {

    private final Writer writer;
    private final Memory memory;
    private final Readers readers;

    EmbeddedArchive(Writer writer, Memory memory, Readers readers) {
        this.writer = writer;
        this.memory = memory;
        this.readers = readers;
    }

    @Override
    public RuleSetVersion publish(String name, String text, Instant at) throws IOException {
        PublishJob job = new PublishJob(name, text, at);
        writer.submit(job);
        return job.await();
    }

    @Override
    public int forget(int keep, Set<RuleSetVersion> active) throws IOException {
        CloseVersionsJob close = new CloseVersionsJob(keep, active, memory.closedVersions());
        writer.submit(close);
        List<RuleSetVersion> closed = close.await();
        if (closed.isEmpty()) {
            return 0;
        }
        Set<RuleSetVersion> owed = readers.ask(rows -> new RuleSetRows(rows.statements()).owed());
        List<RuleSetVersion> wanted =
                closed.stream().filter(version -> !owed.contains(version)).toList();
        int forgotten = 0;
        for (int i = 0; i < wanted.size(); i += ForgetVersionsJob.LIMIT) {
            ForgetVersionsJob job =
                    new ForgetVersionsJob(wanted.subList(i, Math.min(i + ForgetVersionsJob.LIMIT, wanted.size())));
            writer.submit(job);
            forgotten += job.await();
        }
        return forgotten;
    }

    @Override
    public Optional<String> text(RuleSetVersion version) throws IOException {
        return readers.ask(rows -> new RuleSetRows(rows.statements()).text(version.name(), version.version()));
    }
}
