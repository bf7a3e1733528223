package io.waypost.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Settings of which a process beside the server may change some kinds: those that the server looks up anew. */
final class BesideSettings extends RowSettings {

    private final BesideRows rows;
    private final Set<String> kinds;

    BesideSettings(Readers readers, BesideRows rows, Set<String> kinds) {
        super(readers);
        this.rows = rows;
        this.kinds = Set.copyOf(kinds);
    }

    @Override
    public void apply(List<Change> changes, Instant at) throws IOException {
        refuseTooLong(changes);
        for (Change change : changes) {
            if (!kinds.contains(change.key().kind())) {
                throw new UnsupportedOperationException("only the server changes settings of the kind "
                        + change.key().kind());
            }
        }
        rows.change(open -> {
            new SettingRows(open.reader().statements()).apply(changes, at);
            return changes;
        });
    }
}
