package io.waypost.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few connections for questions, so that none waits for the writer. */
final class Readers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Readers.class);
    private static final int CONNECTIONS = 4;

    private final Path database;
    private final Semaphore permits = new Semaphore(CONNECTIONS);
    private final Deque<RowReader> idle = new ArrayDeque<>();

    Readers(Path database) {
        this.database = database;
    }

    /** A question. */
    interface Question<T> {
        T ask(RowReader rows) throws SQLException, IOException;
    }

    <T> T ask(Question<T> question) throws IOException {
        permits.acquireUninterruptibly();
        try {
            return askOne(question);
        } finally {
            permits.release();
        }
    }

    private <T> T askOne(Question<T> question) throws IOException {
        RowReader rows = null;
        boolean sound = false;
        try {
            rows = take();
            T answer = question.ask(rows);
            sound = true;
            return answer;
        } catch (SQLException e) {
            throw Space.unavailable("the rows cannot be read", e);
        } finally {
            if (rows != null && sound) {
                giveBack(rows);
            } else if (rows != null) {
                // After a failure nobody knows what it has open: the next question gets a new one.
                close(rows);
            }
        }
    }

    private RowReader take() throws SQLException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new RowReader(Database.openReader(database));
    }

    private void giveBack(RowReader rows) {
        synchronized (idle) {
            idle.push(rows);
        }
    }

    private static void close(RowReader rows) {
        try {
            rows.close();
        } catch (SQLException e) {
            log.debug("a connection did not close", e);
        }
    }

    @Override
    public void close() {
        permits.acquireUninterruptibly(CONNECTIONS);
        try {
            synchronized (idle) {
                idle.forEach(Readers::close);
                idle.clear();
            }
        } finally {
            permits.release(CONNECTIONS);
        }
    }
}
