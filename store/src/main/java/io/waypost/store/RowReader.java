package io.waypost.store;

import io.waypost.message.Attempt;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger.DeadEffect;
import io.waypost.message.port.Ledger.Story;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Questions to the rows over one connection. Used by one thread at a time. */
final class RowReader implements AutoCloseable {

    static final String LOCATION = "file, own, position, head_length, body_length, head_crc, body_crc";

    private final Statements statements;

    RowReader(Connection connection) {
        this(new Statements(connection));
    }

    RowReader(Statements statements) {
        this.statements = statements;
    }

    /** Begins a series of questions that all see the same moment. */
    void begin() throws SQLException {
        statements.update("BEGIN");
    }

    void end() throws SQLException {
        statements.update("COMMIT");
    }

    /** Hears of a destination. */
    interface DestinationListener {
        void hear(String destination, long due);
    }

    /** Tells each destination that runs wait for, and when the first of them is due. Reads the whole index: its cost is the runs'. */
    void eachDestination(DestinationListener listener) throws SQLException {
        try (ResultSet row = statements
                .of(
                        "SELECT destination, min(due) FROM run INDEXED BY run_due WHERE due IS NOT NULL GROUP BY destination")
                .executeQuery()) {
            while (row.next()) {
                listener.hear(row.getString(1), row.getLong(2));
            }
        }
    }

    /** The earliest due time up to this moment, claimed or not. */
    OptionalLong oldestDue(long until) throws SQLException {
        long[] oldest = {Long.MAX_VALUE};
        eachDestination((destination, due) -> oldest[0] = Math.min(oldest[0], due));
        return oldest[0] <= until ? OptionalLong.of(oldest[0]) : OptionalLong.empty();
    }

    OptionalLong seq(MessageId id) throws SQLException {
        return number("SELECT seq FROM mail WHERE id = ?", id.value());
    }

    /** Its number, or, where its history is forgotten, that of the last mail before it: ids sort as mails do. */
    long seqUpTo(MessageId id) throws SQLException {
        OptionalLong known = seq(id);
        return known.isPresent()
                ? known.getAsLong()
                : number("SELECT max(seq) FROM mail WHERE id < ?", id.value()).orElse(Long.MIN_VALUE);
    }

    private OptionalLong number(String sql, String argument) throws SQLException {
        PreparedStatement statement = statements.of(sql);
        statement.setString(1, argument);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** The first column of the first row. */
    long number(String sql) throws SQLException {
        try (ResultSet row = statements.of(sql).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    Optional<MailRow> mail(MessageId id) throws SQLException, IOException {
        return mail("SELECT " + MailRow.COLUMNS + " FROM mail m WHERE m.id = ?", id.value());
    }

    Optional<MailRow> mailByRepeatKey(String key) throws SQLException, IOException {
        return mail("SELECT " + MailRow.COLUMNS + " FROM mail m WHERE m.repeat_key = ?", key);
    }

    private Optional<MailRow> mail(String sql, String argument) throws SQLException, IOException {
        PreparedStatement statement = statements.of(sql);
        statement.setString(1, argument);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(MailRow.read(row)) : Optional.empty();
        }
    }

    /** Where a run's revision lies, or the mail's own content for run -1. */
    Optional<Location> location(MessageId id, int run) throws SQLException {
        PreparedStatement statement = statements.of(
                "SELECT " + LOCATION + " FROM content WHERE mail = (SELECT seq FROM mail WHERE id = ?) AND run = ?");
        statement.setString(1, id.value());
        statement.setInt(2, run);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(location(row, 1)) : Optional.empty();
        }
    }

    static Location location(ResultSet row, int first) throws SQLException {
        return new Location(
                row.getLong(first),
                row.getInt(first + 1) != 0,
                row.getLong(first + 2),
                row.getInt(first + 3),
                row.getLong(first + 4),
                row.getInt(first + 5),
                row.getInt(first + 6));
    }

    List<RunState> states(long mail) throws SQLException, IOException {
        PreparedStatement settled = statements.of("SELECT how FROM settled WHERE mail = ?");
        settled.setLong(1, mail);
        try (ResultSet row = settled.executeQuery()) {
            if (row.next()) {
                return StateRow.settled(row.getString(1));
            }
        }
        PreparedStatement open =
                statements.of("SELECT " + StateRow.COLUMNS + " FROM run r WHERE r.mail = ? ORDER BY r.idx");
        open.setLong(1, mail);
        List<RunState> states = new ArrayList<>();
        try (ResultSet row = open.executeQuery()) {
            while (row.next()) {
                states.add(StateRow.read(row, 1));
            }
        }
        return states;
    }

    Optional<Story> story(MessageId id) throws SQLException, IOException {
        begin();
        try {
            Optional<MailRow> found = mail(id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            MailRow row = found.get();
            return Optional.of(new Story(row.mail(), states(row.seq()), attempts(row), settledAt(row.seq())));
        } finally {
            end();
        }
    }

    private List<Attempt> attempts(MailRow mail) throws SQLException, IOException {
        PreparedStatement statement = statements.of(AttemptRow.SELECT);
        statement.setLong(1, mail.seq());
        List<Attempt> attempts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                attempts.add(AttemptRow.read(
                        row, mail.mail().id(), mail.mail().plan().ruleSet()));
            }
        }
        return attempts;
    }

    private Optional<Instant> settledAt(long mail) throws SQLException {
        PreparedStatement statement = statements.of("SELECT at FROM settled WHERE mail = ?");
        statement.setLong(1, mail);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(RowTime.moment(row.getLong(1))) : Optional.empty();
        }
    }

    /** A run as it stands, if it is ready. */
    Optional<Run> readyRun(long mail, int index, Map<Long, MailRow> known) throws SQLException, IOException {
        PreparedStatement statement = statements.of("SELECT " + StateRow.COLUMNS
                + ", (SELECT action FROM content c WHERE c.mail = r.mail AND c.run = r.idx)"
                + " FROM run r WHERE r.mail = ? AND r.idx = ?");
        statement.setLong(1, mail);
        statement.setInt(2, index);
        RunState state;
        OptionalInt revisedBy;
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            state = StateRow.read(row, 1);
            int action = row.getInt(10);
            revisedBy = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(action);
        }
        if (!(state instanceof RunState.Ready ready)) {
            return Optional.empty();
        }
        MailRow of = known.get(mail);
        if (of == null) {
            of = mail(mail);
            known.put(mail, of);
        }
        return Optional.of(new Run(of.mail(), index, ready, revisedBy));
    }

    private MailRow mail(long seq) throws SQLException, IOException {
        PreparedStatement statement = statements.of("SELECT " + MailRow.COLUMNS + " FROM mail m WHERE m.seq = ?");
        statement.setLong(1, seq);
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new IOException("a run belongs to a mail that is not there");
            }
            return MailRow.read(row);
        }
    }

    /** A dead run and its mail's number. */
    record DeadRun(long seq, DeadEffect effect) {
        Plan.PlannedRun planned(int index) {
            return effect.mail().plan().runs().get(index);
        }
    }

    /** Dead runs in the order of their mails and, within a mail, of its plan. */
    List<DeadEffect> dead(int limit, Optional<EffectKey> after) throws SQLException, IOException {
        long mail = Long.MIN_VALUE;
        int index = 0;
        if (after.isPresent()) {
            MessageId id = after.get().message();
            Optional<MailRow> last = mail(id);
            if (last.isPresent()) {
                mail = last.get().seq();
                index = runOf(last.get().mail(), after.get().rule());
            } else {
                // Its history is forgotten meanwhile: ids sort as mails do.
                mail = number("SELECT max(seq) FROM mail WHERE id < ?", id.value())
                        .orElse(Long.MIN_VALUE);
                index = Integer.MAX_VALUE;
            }
        }
        PreparedStatement statement = statements.of("SELECT " + MailRow.COLUMNS + ", r.idx, " + StateRow.COLUMNS
                + " FROM run r INDEXED BY run_dead JOIN mail m ON m.seq = r.mail"
                + " WHERE r.state = 3 AND (r.mail, r.idx) > (?, ?) ORDER BY r.mail, r.idx LIMIT ?");
        statement.setLong(1, mail);
        statement.setInt(2, index);
        statement.setInt(3, limit);
        List<DeadEffect> dead = new ArrayList<>();
        Map<Long, Mail> mails = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Mail of = mails.get(row.getLong(1));
                if (of == null) {
                    of = MailRow.read(row).mail();
                    mails.put(row.getLong(1), of);
                }
                dead.add(deadEffect(of, row.getInt(7), (RunState.Dead) StateRow.read(row, 8)));
            }
        }
        return dead;
    }

    private static DeadEffect deadEffect(Mail mail, int index, RunState.Dead state) {
        String rule = mail.plan().runs().get(index).rule();
        EffectKey key = new EffectKey(mail.id(), mail.plan().ruleSet(), rule, state.action());
        return new DeadEffect(key, new RunKey(mail.id(), index), mail, state);
    }

    private static int runOf(Mail mail, String rule) {
        for (int i = 0; i < mail.plan().runs().size(); i++) {
            if (mail.plan().runs().get(i).rule().equals(rule)) {
                return i;
            }
        }
        return -1;
    }

    /** The dead run of this effect. */
    Optional<DeadRun> deadRun(EffectKey key) throws SQLException, IOException {
        Optional<MailRow> found = mail(key.message());
        if (found.isEmpty() || !found.get().mail().plan().ruleSet().equals(key.ruleSet())) {
            return Optional.empty();
        }
        int index = runOf(found.get().mail(), key.rule());
        List<RunState> states = states(found.get().seq());
        if (index < 0
                || index >= states.size()
                || !(states.get(index) instanceof RunState.Dead dead)
                || dead.action() != key.action()) {
            return Optional.empty();
        }
        return Optional.of(new DeadRun(found.get().seq(), deadEffect(found.get().mail(), index, dead)));
    }

    long unsettledCount() throws SQLException {
        return number("SELECT count(*) FROM content WHERE run = -1");
    }

    long deadCount() throws SQLException {
        return number("SELECT count(*) FROM run INDEXED BY run_dead WHERE state = 3");
    }

    /** How much rows hold of each segment. */
    Map<Long, Segments.Live> liveSegments() throws SQLException {
        Map<Long, Segments.Live> live = new HashMap<>();
        try (ResultSet row = statements
                .of("SELECT file, count(*), sum(head_length + body_length) FROM content WHERE own = 0 GROUP BY file")
                .executeQuery()) {
            while (row.next()) {
                live.put(row.getLong(1), new Segments.Live(row.getLong(2), row.getLong(3)));
            }
        }
        return live;
    }

    /** One content and where it is. */
    record Stored(MessageId id, long mail, int run, Location location) {}

    /** Some contents in these segments. */
    List<Stored> storedIn(Set<Long> segments, int limit) throws SQLException {
        List<Stored> stored = new ArrayList<>();
        try (ResultSet row = statements
                .of("SELECT m.id, c.mail, c.run, " + LOCATION
                        + " FROM content c JOIN mail m ON m.seq = c.mail WHERE c.own = 0")
                .executeQuery()) {
            while (stored.size() < limit && row.next()) {
                if (segments.contains(row.getLong(4))) {
                    stored.add(new Stored(
                            new MessageId(row.getString(1)), row.getLong(2), row.getInt(3), location(row, 4)));
                }
            }
        }
        return stored;
    }

    /** The numbers of all own files that rows point to. */
    Set<Long> ownFiles() throws SQLException {
        Set<Long> numbers = new HashSet<>();
        try (ResultSet row =
                statements.of("SELECT file FROM content WHERE own = 1").executeQuery()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    Statements statements() {
        return statements;
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
