package io.waypost.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;

/** Sends answers, and ends connections that nothing more can be read from. On the event loop. */
final class Answers {

    // A peer that is still sending when its connection is reset may never read the answer: it has this long to come to
    // its end.
    private static final Duration LINGER = Duration.ofSeconds(2);

    private Answers() {}

    /** @param close the connection ends with this answer */
    static void send(
            HttpServerRequest request,
            Visit visit,
            int status,
            Map<String, String> headers,
            byte[] body,
            boolean close) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(response::putHeader);
        if (close) {
            visit.closing();
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        visit.peersTurn();
        response.end(Buffer.buffer(body)).onComplete(_ -> {
            if (close && request.isEnded()) {
                visit.close();
            } else if (close) {
                visit.within(LINGER, visit::close);
            }
        });
    }
}
