package io.waypost.store;

import java.sql.SQLException;
import java.time.Instant;

/** Forgets a few settled mails. */
final class ForgetJob extends Job<Integer> {

    /** Mails a job: some milliseconds, so that sessions do not wait for history. */
    static final int LIMIT = 200;

    private final Instant before;
    private int forgotten;

    ForgetJob(Instant before) {
        this.before = before;
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        forgotten = rows.forgetSettled(before, LIMIT);
    }

    @Override
    Integer committed() {
        return forgotten;
    }
}
