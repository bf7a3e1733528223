package io.waypost.store;

import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A mail and its number in the rows. */
record MailRow(long seq, Mail mail) {

    /** What {@link #read} expects first in each row. */
    static final String COLUMNS = "m.seq, m.id, m.line, m.accepted_at, m.size, m.body";

    static MailRow read(ResultSet row) throws SQLException, IOException {
        MailCodec.Body body = MailCodec.decode(row.getBytes(6));
        Mail mail = new Mail(
                new MessageId(row.getString(2)),
                LineColumn.line(row.getInt(3)),
                RowTime.moment(row.getLong(4)),
                body.envelope(),
                row.getLong(5),
                body.plan(),
                body.verdicts(),
                body.sending());
        return new MailRow(row.getLong(1), mail);
    }
}
