package io.waypost.store;

import io.waypost.message.RuleSetVersion;
import java.sql.SQLException;
import java.util.List;

/** Deletes texts of rule sets that are closed and that no unsettled mail is owed under. */
final class ForgetVersionsJob extends Job<Integer> {

    /** Versions a job: texts of 500 KB are slow to delete, and sessions wait meanwhile. */
    static final int LIMIT = 50;

    private final List<RuleSetVersion> versions;

    ForgetVersionsJob(List<RuleSetVersion> versions) {
        this.versions = versions;
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        new RuleSetRows(rows.reader().statements()).delete(versions);
    }

    @Override
    Integer committed() {
        return versions.size();
    }
}
