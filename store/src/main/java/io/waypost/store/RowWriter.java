package io.waypost.store;

import io.waypost.message.Attempt;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.RunState;
import io.waypost.message.port.Spool.Acceptance;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes to the rows over one connection, within transactions that the caller begins and ends. Used by one thread at a time. */
final class RowWriter implements AutoCloseable {

    private static final int NO_ACTION = -1;

    private final Statements statements;
    private final RowReader reader;
    private final CommitHook hook;
    private final List<DueAt> due = new ArrayList<>();
    private long lastSeq;

    /** A run that anybody may claim from this time on. */
    record DueAt(String destination, long due) {}

    RowWriter(Connection connection, CommitHook hook) throws SQLException {
        this.statements = new Statements(connection);
        this.reader = new RowReader(statements);
        this.hook = hook;
        this.lastSeq = reader.number("SELECT coalesce(max(seq), 0) FROM mail");
    }

    static RowWriter open(Path database, CommitHook hook) throws SQLException {
        Connection connection = Database.openWriter(database);
        try {
            return new RowWriter(connection, hook);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    RowReader reader() {
        return reader;
    }

    void begin() throws SQLException {
        due.clear();
        statements.update("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        hook.before();
        statements.update("COMMIT");
        hook.after();
    }

    /** What the transaction made claimable, to be noted once it is committed. */
    List<DueAt> due() {
        return due;
    }

    void rollback() throws SQLException {
        statements.update("ROLLBACK");
    }

    /** A number that changes when another process has changed rows. */
    long foreignChanges() throws SQLException {
        return reader.number("PRAGMA data_version");
    }

    /** Changes a page for certain, whatever else the transaction does. */
    void fence() throws SQLException {
        statements.update("UPDATE fence SET count = count + 1 WHERE id = 1");
    }

    /** Stores a new mail; returns its number. */
    long insertMail(Acceptance acceptance, long size, byte[] body) throws SQLException {
        long seq = ++lastSeq;
        PreparedStatement statement = statements.of(
                "INSERT INTO mail (seq, id, line, accepted_at, size, runs, body, repeat_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        statement.setLong(1, seq);
        statement.setString(2, acceptance.id().value());
        statement.setInt(3, LineColumn.number(acceptance.line()));
        statement.setLong(4, RowTime.nanos(acceptance.at()));
        statement.setLong(5, size);
        statement.setInt(6, acceptance.plan().runs().size());
        statement.setBytes(7, body);
        statement.setString(8, acceptance.repeatKey().orElse(null));
        statement.executeUpdate();
        return seq;
    }

    void insertContent(long mail, int run, Location location) throws SQLException {
        insertRevision(mail, run, NO_ACTION, location);
    }

    /** @param action which action of the run made it */
    void insertRevision(long mail, int run, int action, Location location) throws SQLException {
        statements.update(
                "INSERT INTO content (mail, run, action, " + RowReader.LOCATION
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                mail,
                run,
                action,
                location.file(),
                location.own() ? 1 : 0,
                location.position(),
                location.headLength(),
                location.bodyLength(),
                location.headCrc(),
                location.bodyCrc());
    }

    /** Points content to its copy in a file of its own, unless it was released or replaced meanwhile. */
    boolean moveContent(long mail, int run, Location from, Location to) throws SQLException {
        return statements.update(
                        "UPDATE content SET file = ?, own = 1, position = ? WHERE mail = ? AND run = ? AND own = 0 AND file = ? AND position = ?",
                        to.file(),
                        to.position(),
                        mail,
                        run,
                        from.file(),
                        from.position())
                == 1;
    }

    void insertRun(long mail, int index, RunState state, boolean held) throws SQLException {
        PreparedStatement statement =
                statements.of("INSERT INTO run (mail, idx, state, action, attempts, since, at, due,"
                        + " destination, waits_for, reason, how) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.setLong(1, mail);
        statement.setInt(2, index);
        StateRow.bind(statement, 3, state, held);
        statement.executeUpdate();
        noteDue(state, held);
    }

    private void noteDue(RunState state, boolean held) {
        if (!held && state instanceof RunState.Ready ready) {
            due.add(new DueAt(ready.destination(), RowTime.nanos(ready.at())));
        }
    }

    /** Changes a run's state, unless it is done: that is final. */
    boolean updateRun(long mail, int index, RunState state, boolean held) throws SQLException {
        PreparedStatement statement = statements.of(
                "UPDATE run SET state = ?, action = ?, attempts = ?, since = ?, at = ?,"
                        + " due = ?, destination = ?, waits_for = ?, reason = ?, how = ? WHERE mail = ? AND idx = ? AND state <> 2");
        StateRow.bind(statement, 1, state, held);
        statement.setLong(11, mail);
        statement.setInt(12, index);
        noteDue(state, held);
        return statement.executeUpdate() == 1;
    }

    /** Lets anybody claim a run that was held by who accepted it. */
    void unholdRun(long mail, int index) throws SQLException {
        PreparedStatement statement = statements.of("UPDATE run SET due = at WHERE mail = ? AND idx = ? AND state = 0"
                + " AND due IS NULL RETURNING destination, due");
        statement.setLong(1, mail);
        statement.setInt(2, index);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                due.add(new DueAt(row.getString(1), row.getLong(2)));
            }
        }
    }

    /** Lets anybody claim all runs that were held when the process ended. */
    void unholdAll() throws SQLException {
        statements.update("UPDATE run SET due = at WHERE state = 0 AND due IS NULL");
    }

    void insertAttempt(long mail, Attempt attempt) throws SQLException {
        PreparedStatement statement = statements.of(AttemptRow.INSERT);
        AttemptRow.bind(statement, mail, attempt);
        statement.executeUpdate();
    }

    void insertSettled(long mail, Instant at, String how) throws SQLException {
        PreparedStatement statement = statements.of("INSERT INTO settled (mail, at, how) VALUES (?, ?, ?)");
        statement.setLong(1, mail);
        statement.setLong(2, RowTime.nanos(at));
        statement.setString(3, how);
        statement.executeUpdate();
    }

    /** Bytes that no row points to any more once the transaction is committed. */
    record Released(long file, boolean own, long bytes) {}

    /** Settles a mail if all its runs are done; returns what that releases. */
    Optional<List<Released>> settleIfDone(long mail, Instant at) throws SQLException {
        StringBuilder how = new StringBuilder(4);
        PreparedStatement statement =
                statements.of("SELECT state, substr(how, 1, 1) FROM run WHERE mail = ? ORDER BY idx");
        statement.setLong(1, mail);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (row.getInt(1) != StateRow.DONE) {
                    return Optional.empty();
                }
                how.append(row.getString(2));
            }
        }
        return how.isEmpty() ? Optional.empty() : settle(mail, at, how.toString());
    }

    /** Settles a mail whose ends are known; returns what that releases, or nothing when it was settled before. */
    Optional<List<Released>> settle(long mail, Instant at, String how) throws SQLException {
        if (statements.update("DELETE FROM run WHERE mail = ?", mail) == 0) {
            return Optional.empty();
        }
        insertSettled(mail, at, how);
        return Optional.of(releaseContent(mail));
    }

    private List<Released> releaseContent(long mail) throws SQLException {
        PreparedStatement statement =
                statements.of("DELETE FROM content WHERE mail = ? RETURNING file, own, head_length + body_length");
        statement.setLong(1, mail);
        return released(statement);
    }

    /** Forgets what an earlier action of this run left. */
    List<Released> releaseRevision(long mail, int run) throws SQLException {
        PreparedStatement statement = statements.of(
                "DELETE FROM content WHERE mail = ? AND run = ? RETURNING file, own, head_length + body_length");
        statement.setLong(1, mail);
        statement.setInt(2, run);
        return released(statement);
    }

    private static List<Released> released(PreparedStatement delete) throws SQLException {
        List<Released> released = new ArrayList<>(1);
        try (ResultSet row = delete.executeQuery()) {
            while (row.next()) {
                released.add(new Released(row.getLong(1), row.getInt(2) != 0, row.getLong(3)));
            }
        }
        return released;
    }

    /** Whether the mail is not settled. */
    boolean isOpen(long mail) throws SQLException {
        PreparedStatement statement = statements.of("SELECT 1 FROM run WHERE mail = ? LIMIT 1");
        statement.setLong(1, mail);
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** Ends a dead run; runs that waited for its decision may begin, since nobody else will ever decide. */
    Optional<List<Released>> drop(RowReader.DeadRun dead, Instant now) throws SQLException, IOException {
        int index = dead.effect().run().index();
        updateRun(dead.seq(), index, new RunState.Done(RunState.How.DROPPED), false);
        List<RunState> states = reader.states(dead.seq());
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i) instanceof RunState.Waiting waiting && waiting.run() == index) {
                Plan.PlannedRun planned = dead.planned(i);
                updateRun(dead.seq(), i, new RunState.Ready(0, 0, now, now, planned.destination()), false);
            }
        }
        return settleIfDone(dead.seq(), now);
    }

    /** Makes a dead run ready again. Attempts go on counting, so that no two attempts have the same number. */
    void replay(RowReader.DeadRun dead, Instant now, String destination) throws SQLException {
        RunState.Dead state = dead.effect().state();
        updateRun(
                dead.seq(),
                dead.effect().run().index(),
                new RunState.Ready(state.action(), state.attempts(), now, now, destination),
                false);
    }

    /** Looks at so many mails that were settled before this moment, and forgets them, or those of them that have no links. */
    ForgetJob.Step forgetSettled(ForgetJob.Place from, Instant before, boolean keepLinked, int limit)
            throws SQLException {
        PreparedStatement statement =
                statements.of("SELECT s.mail, s.at, m.body FROM settled s JOIN mail m ON m.seq = s.mail"
                        + " WHERE (s.at, s.mail) > (?, ?) AND s.at < ? ORDER BY s.at, s.mail LIMIT ?");
        statement.setLong(1, from.at());
        statement.setLong(2, from.mail());
        statement.setLong(3, RowTime.nanos(before));
        statement.setInt(4, limit);
        List<Long> mails = new ArrayList<>();
        ForgetJob.Place next = from;
        int seen = 0;
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                next = new ForgetJob.Place(row.getLong(2), row.getLong(1));
                seen++;
                if (!keepLinked || !hasLinks(row.getBytes(3))) {
                    mails.add(row.getLong(1));
                }
            }
        }
        for (long mail : mails) {
            statements.update("DELETE FROM attempt WHERE mail = ?", mail);
            statements.update("DELETE FROM settled WHERE mail = ?", mail);
            statements.update("DELETE FROM mail WHERE seq = ?", mail);
        }
        return new ForgetJob.Step(mails.size(), next, seen == limit);
    }

    private static boolean hasLinks(byte[] body) {
        try {
            return MailCodec.decode(body).sending().filter(Sending::hasLinks).isPresent();
        } catch (IOException e) {
            // What cannot be read can tell nothing.
            return false;
        }
    }

    /** Takes back a mail whose commit's result was unknown. */
    void undoMail(MessageId id) throws SQLException {
        OptionalLong seq = reader.seq(id);
        if (seq.isPresent()) {
            long mail = seq.getAsLong();
            statements.update("DELETE FROM run WHERE mail = ?", mail);
            statements.update("DELETE FROM content WHERE mail = ?", mail);
            statements.update("DELETE FROM settled WHERE mail = ?", mail);
            statements.update("DELETE FROM attempt WHERE mail = ?", mail);
            statements.update("DELETE FROM mail WHERE seq = ?", mail);
        }
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
