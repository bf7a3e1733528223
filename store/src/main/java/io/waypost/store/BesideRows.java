package io.waypost.store;

import java.io.IOException;
import java.sql.SQLException;

/** Changes rows beside the server, in short transactions of their own. All threads. */
final class BesideRows {

    private final RowWriter rows;

    BesideRows(RowWriter rows) {
        this.rows = rows;
    }

    /** A change within one transaction. */
    interface Change<T> {
        T make(RowWriter rows) throws SQLException, IOException;
    }

    synchronized <T> T change(Change<T> change) throws IOException {
        try {
            rows.begin();
            boolean committed = false;
            try {
                T result = change.make(rows);
                rows.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rows.rollback();
                }
            }
        } catch (SQLException e) {
            throw Space.unavailable("the rows cannot be written", e);
        }
    }
}
