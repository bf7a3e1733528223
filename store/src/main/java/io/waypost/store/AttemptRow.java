package io.waypost.store;

import io.waypost.message.Attempt;
import io.waypost.message.Disposition;
import io.waypost.message.EffectKey;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.RuleSetVersion;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;

/** An attempt in its row. The rule set version is the mail's and not repeated. */
final class AttemptRow {

    // The same entry may be recorded twice when its first commit's result was lost.
    static final String INSERT = "INSERT OR REPLACE INTO attempt"
            + " (mail, at, rule, action, number, destination, took, outcome, disposition, not_before, detail)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String SELECT =
            "SELECT at, rule, action, number, destination, took, outcome, disposition, not_before, detail"
                    + " FROM attempt WHERE mail = ? ORDER BY at, number";

    private static final int DONE = 0;
    private static final int RETRY = 1;
    private static final int FAILED = 2;

    private AttemptRow() {}

    static void bind(PreparedStatement statement, long mail, Attempt attempt) throws SQLException {
        statement.setLong(1, mail);
        statement.setLong(2, RowTime.nanos(attempt.at()));
        statement.setString(3, attempt.effect().rule());
        statement.setInt(4, attempt.effect().action());
        statement.setInt(5, attempt.number());
        statement.setString(6, attempt.destination());
        statement.setLong(7, nanos(attempt.took()));
        statement.setNull(9, Types.VARCHAR);
        statement.setNull(10, Types.INTEGER);
        switch (attempt.outcome()) {
            case Outcome.Done done -> {
                statement.setInt(8, DONE);
                if (done.disposition() != Disposition.CONTINUE) {
                    statement.setString(9, done.disposition().name());
                }
            }
            case Outcome.Retry retry -> {
                statement.setInt(8, RETRY);
                if (retry.notBefore().isPresent()) {
                    statement.setLong(10, nanos(retry.notBefore().get()));
                }
            }
            case Outcome.Failed failed -> statement.setInt(8, FAILED);
        }
        statement.setString(11, attempt.outcome().detail());
    }

    // Three centuries are long enough for a try or a pause.
    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    static Attempt read(ResultSet row, MessageId mail, RuleSetVersion ruleSet) throws SQLException, IOException {
        return new Attempt(
                new EffectKey(mail, ruleSet, row.getString(2), row.getInt(3)),
                row.getInt(4),
                row.getString(5),
                RowTime.moment(row.getLong(1)),
                Duration.ofNanos(row.getLong(6)),
                outcome(row));
    }

    private static Outcome outcome(ResultSet row) throws SQLException, IOException {
        String detail = row.getString(10);
        String disposition = row.getString(8);
        long notBefore = row.getLong(9);
        boolean hasNotBefore = !row.wasNull();
        return switch (row.getInt(7)) {
            case DONE ->
                new Outcome.Done(disposition == null ? Disposition.CONTINUE : Disposition.valueOf(disposition), detail);
            case RETRY ->
                new Outcome.Retry(detail, hasNotBefore ? Optional.of(Duration.ofNanos(notBefore)) : Optional.empty());
            case FAILED -> new Outcome.Failed(detail);
            default -> throw new IOException("an attempt has an outcome that this version does not know");
        };
    }
}
