package io.waypost.store;

import java.sql.SQLException;
import java.util.Random;

/** Commits of rows around which the power may go, or which may fail while the power stays: before they happened, or after. */
final class MortalCommits implements CommitHook {

    private final UnsafeDisk disk;
    private final int dieAt;
    private final int oneInSoManyFails;
    private final Random random;
    private final boolean dieAfter;
    private int commits;

    MortalCommits(UnsafeDisk disk, int dieAt, int oneInSoManyFails, long seed) {
        this.disk = disk;
        this.dieAt = dieAt;
        this.oneInSoManyFails = oneInSoManyFails;
        this.random = new Random(seed);
        this.dieAfter = random.nextBoolean();
    }

    @Override
    public synchronized void before() throws SQLException {
        commits++;
        if (commits == dieAt && !dieAfter) {
            disk.cutPower();
        }
        failOrDie();
    }

    @Override
    public synchronized void after() throws SQLException {
        if (commits >= dieAt) {
            disk.cutPower();
        }
        failOrDie();
    }

    private void failOrDie() throws SQLException {
        if (disk.isDead()) {
            // A dead process commits nothing, tries nothing again and tells nobody.
            throw new AssertionError("no power");
        }
        if (oneInSoManyFails > 0 && random.nextInt(oneInSoManyFails) == 0) {
            throw new SQLException("bad luck at a commit");
        }
    }
}
