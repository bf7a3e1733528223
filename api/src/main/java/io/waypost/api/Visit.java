package io.waypost.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/** One connection, and what it must do in time. Used on its event loop only. */
final class Visit {

    private static final long NONE = -1;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final Duration nextRequest;
    private long timer = NONE;
    private boolean closing;

    Visit(Vertx vertx, HttpConnection connection, Duration nextRequest) {
        this.vertx = vertx;
        this.connection = connection;
        this.nextRequest = nextRequest;
    }

    /** No request may be handled any more: the connection is about to close. */
    void closing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** The peer has its turn, and time for it: one that sends or takes a byte now and then is never idle. */
    void peersTurn() {
        within(nextRequest, this::close);
    }

    /** Does something unless {@link #ourTurn} or another such call comes before. */
    void within(Duration time, Runnable late) {
        ourTurn();
        timer = vertx.setTimer(Math.max(1, time.toMillis()), _ -> {
            timer = NONE;
            late.run();
        });
    }

    /** The peer owes nothing. */
    void ourTurn() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    void close() {
        closing = true;
        connection.close();
    }
}
