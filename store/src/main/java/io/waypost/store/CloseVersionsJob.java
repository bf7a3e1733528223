package io.waypost.store;

import io.waypost.message.RuleSetVersion;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees to it that no mail is accepted under an old version of a rule set from here on. All accepted before it are committed when it is
 * answered, so that whoever looks then which versions are owed sees them all.
 */
final class CloseVersionsJob extends Job<List<RuleSetVersion>> {

    private final int keep;
    private final Set<RuleSetVersion> active;
    private final ClosedVersions closed;
    private List<RuleSetVersion> old = List.of();

    CloseVersionsJob(int keep, Set<RuleSetVersion> active, ClosedVersions closed) {
        this.keep = keep;
        this.active = active;
        this.closed = closed;
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        RuleSetRows ruleSets = new RuleSetRows(rows.reader().statements());
        old = ruleSets.older(keep).stream()
                .filter(version -> !active.contains(version))
                .toList();
        if (!old.isEmpty()) {
            Map<String, Integer> upTo = new HashMap<>();
            ruleSets.newest().forEach((name, version) -> upTo.put(name, version - keep));
            closed.close(upTo, active);
        }
    }

    /** What is neither among the newest nor active, oldest first. */
    @Override
    List<RuleSetVersion> committed() {
        return old;
    }
}
