package io.waypost.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.waypost.api.aws.ClientNetwork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection, and what it must do in time. Used on its event loop only. */
final class Visit {

    private static final long NONE = -1;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final Duration nextRequest;
    private final ClientNetwork client;
    private final @Nullable Refusal refusal;
    private long timer = NONE;
    private boolean closing;

    /** @param refusal what requests to the APIs hear on this connection; null where they are answered */
    Visit(
            Vertx vertx,
            HttpConnection connection,
            Duration nextRequest,
            ClientNetwork client,
            @Nullable Refusal refusal) {
        this.vertx = vertx;
        this.connection = connection;
        this.nextRequest = nextRequest;
        this.client = client;
        this.refusal = refusal;
    }

    ClientNetwork client() {
        return client;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
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
