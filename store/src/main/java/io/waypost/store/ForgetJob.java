package io.waypost.store;

import java.sql.SQLException;
import java.time.Instant;

/** Forgets a few settled mails. */
final class ForgetJob extends Job<ForgetJob.Step> {

    /** Mails a job: some milliseconds, so that sessions do not wait for history. */
    static final int LIMIT = 200;

    private final Place from;
    private final Instant before;
    private final boolean keepLinked;
    private Step step;

    /**
     * Where the next job goes on, in the order in which mails were settled.
     *
     * @param at nanoseconds since 1970
     * @param mail the last that was looked at
     */
    record Place(long at, long mail) {

        static final Place FIRST = new Place(Long.MIN_VALUE, 0);
    }

    /**
     * @param forgotten how many mails
     * @param more whether there may be others behind {@code next}
     */
    record Step(int forgotten, Place next, boolean more) {}

    /** @param keepLinked whether mails with links are passed over */
    ForgetJob(Place from, Instant before, boolean keepLinked) {
        this.from = from;
        this.before = before;
        this.keepLinked = keepLinked;
        this.step = new Step(0, from, false);
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        step = rows.forgetSettled(from, before, keepLinked, LIMIT);
    }

    @Override
    Step committed() {
        return step;
    }
}
