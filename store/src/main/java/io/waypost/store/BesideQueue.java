package io.waypost.store;

import io.waypost.message.Line;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Queue;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The queue as rows. The claims are in the server's memory; a run that it holds since the acceptance is seen by its missing due time,
 * and one that it claimed later records its outcome over whatever is wished here.
 */
final class BesideQueue implements Queue {

    private static final long HELD = RowTime.nanos(RunState.Ready.HELD);

    private final Readers readers;
    private final BesideRows rows;

    BesideQueue(Readers readers, BesideRows rows) {
        this.readers = readers;
        this.rows = rows;
    }

    @Override
    public List<Waiting> waiting(Line line, int limit, Optional<RunKey> after) throws IOException {
        return readers.ask(open -> waiting(open, line, limit, after));
    }

    private static List<Waiting> waiting(RowReader open, Line line, int limit, Optional<RunKey> after)
            throws SQLException, IOException {
        PreparedStatement statement = open.statements()
                .of("SELECT " + MailRow.COLUMNS + ", r.idx, r.due, " + StateRow.COLUMNS
                        + " FROM run r JOIN mail m ON m.seq = r.mail"
                        + " WHERE r.state = 0 AND m.line = ? AND (r.mail, r.idx) > (?, ?)"
                        + " ORDER BY r.mail, r.idx LIMIT ?");
        statement.setInt(1, LineColumn.number(line));
        statement.setLong(
                2, after.isEmpty() ? Long.MIN_VALUE : open.seqUpTo(after.get().message()));
        statement.setInt(3, after.map(RunKey::index).orElse(0));
        statement.setInt(4, limit);
        List<Waiting> waiting = new ArrayList<>();
        Map<Long, MailRow> mails = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                MailRow mail = mails.get(row.getLong(1));
                if (mail == null) {
                    mail = MailRow.read(row);
                    mails.put(mail.seq(), mail);
                }
                boolean inHand = row.getObject(8) == null;
                waiting.add(new Waiting(
                        new RunKey(mail.mail().id(), row.getInt(7)),
                        mail.mail(),
                        (RunState.Ready) StateRow.read(row, 9),
                        inHand));
            }
        }
        return waiting;
    }

    @Override
    public int hold(Collection<RunKey> runs) throws IOException {
        return each(
                runs,
                "UPDATE run SET at = ?1, due = ?1 WHERE mail = ?2 AND idx = ?3 AND state = 0"
                        + " AND due IS NOT NULL AND at <> ?1",
                HELD);
    }

    @Override
    public int release(Collection<RunKey> runs, Instant now) throws IOException {
        return each(
                runs,
                "UPDATE run SET at = ?1, due = ?1, since = ?1 WHERE mail = ?2 AND idx = ?3 AND state = 0 AND at = "
                        + HELD,
                RowTime.nanos(now));
    }

    @Override
    public int drop(Collection<RunKey> runs, Instant now) throws IOException {
        return each(
                runs,
                "UPDATE run SET at = ?1, due = ?1, destination = '" + RunState.Ready.NOWHERE
                        + "' WHERE mail = ?2 AND idx = ?3 AND state = 0 AND due IS NOT NULL",
                RowTime.nanos(now));
    }

    private int each(Collection<RunKey> runs, String sql, long moment) throws IOException {
        return rows.change(open -> {
            int changed = 0;
            for (RunKey run : runs) {
                OptionalLong mail = open.reader().seq(run.message());
                if (mail.isPresent()) {
                    changed += open.reader().statements().update(sql, moment, mail.getAsLong(), run.index());
                }
            }
            return changed;
        });
    }
}
