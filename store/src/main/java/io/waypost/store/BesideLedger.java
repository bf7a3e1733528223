package io.waypost.store;

import io.waypost.message.EffectKey;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger as a process beside the server sees it. It changes rows in short transactions of its own; the server sees
 * them within a second or two, and counts anew what it knows in memory.
 */
final class BesideLedger extends RowLedger {

    private final BesideRows rows;
    private final OwnFiles ownFiles;
    private final Space space;

    BesideLedger(Readers readers, BesideRows rows, OwnFiles ownFiles, Space space) {
        super(readers);
        this.rows = rows;
        this.ownFiles = ownFiles;
        this.space = space;
    }

    @Override
    public boolean replay(EffectKey key, Instant now, String destination) throws IOException {
        return rows.change(open -> {
            Optional<RowReader.DeadRun> dead = open.reader().deadRun(key);
            if (dead.isPresent()) {
                open.replay(dead.get(), now, destination);
            }
            return dead.isPresent();
        });
    }

    @Override
    public boolean drop(EffectKey key, Instant now) throws IOException {
        Optional<List<RowWriter.Released>> released = rows.change(open -> {
            Optional<RowReader.DeadRun> dead = open.reader().deadRun(key);
            return dead.isEmpty()
                    ? Optional.empty()
                    : Optional.of(open.drop(dead.get(), now).orElse(List.of()));
        });
        for (RowWriter.Released bytes : released.orElse(List.of())) {
            if (bytes.own()) {
                ownFiles.delete(bytes.file());
            }
        }
        return released.isPresent();
    }

    @Override
    public Figures figures(Instant now) throws IOException {
        long limit = RowTime.nanos(now);
        return readers().ask(open -> {
            OptionalLong oldest = open.oldestDue(limit);
            return new Figures(
                    open.unsettledCount(),
                    open.deadCount(),
                    oldest.isEmpty() ? Duration.ZERO : Duration.between(RowTime.moment(oldest.getAsLong()), now),
                    space.usable());
        });
    }

    @Override
    public List<Run> claim(Instant now, int limit, Set<String> except) {
        throw serversOnly();
    }

    @Override
    public void giveBack(Collection<RunKey> runs) {
        throw serversOnly();
    }

    @Override
    public CompletableFuture<Boolean> record(Entry entry) {
        throw serversOnly();
    }

    @Override
    public int forgetSettledBefore(Instant moment, Instant withLinks) {
        throw serversOnly();
    }

    private static UnsupportedOperationException serversOnly() {
        return new UnsupportedOperationException("only the server claims, records and forgets");
    }
}
