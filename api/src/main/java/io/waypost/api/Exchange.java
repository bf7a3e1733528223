package io.waypost.api;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.aws.rest.RestProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to the APIs: its body is gathered on the event loop, its answer found on a virtual thread. A client that goes away
 * costs nothing more, but for what was begun for it.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Desk desk;
    private final HttpServerRequest request;
    private final Visit visit;
    private final Requester requester;
    private final Context context;
    private final BodyBuffer body;
    private final long announced;
    private final boolean large;
    private boolean arrived;
    private volatile boolean over;

    Exchange(Desk desk, HttpServerRequest request, Visit visit, Requester requester, Context context) {
        this.desk = desk;
        this.request = request;
        this.visit = visit;
        this.requester = requester;
        this.context = context;
        this.announced = announced(request);
        this.large = announced > desk.limits().body()
                && RestProtocol.carriesMail(request.method().name(), path(request.uri()));
        int limit = limit();
        this.body = new BodyBuffer(
                large ? desk.largeMemory() : desk.memory(),
                requester.network(),
                announced < 0 ? limit : (int) Math.min(limit, announced),
                large);
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private static String path(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private int limit() {
        int usual = desk.limits().body();
        return large ? Math.max(usual, desk.limits().large().body()) : usual;
    }

    /** Reads the request to its end, and answers it. */
    void begin() {
        request.exceptionHandler(_ -> goneAway());
        request.response().exceptionHandler(_ -> goneAway());
        request.response().closeHandler(_ -> goneAway());
        String expected = request.getHeader(HttpHeaders.EXPECT);
        Refusal turnedAway = visit.refusal();
        if (turnedAway != null) {
            refuse(turnedAway);
        } else if (!request.uri().startsWith("/")) {
            refuse(Refusal.MALFORMED);
        } else if (announced > limit()) {
            refuse(Refusal.TOO_LARGE);
        } else if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            refuse(Refusal.EXPECTATION);
        } else {
            visit.within(
                    large ? desk.limits().large().bodyTime() : desk.limits().bodyTime(), () -> refuse(Refusal.SLOW));
            request.handler(this::add);
            request.endHandler(_ -> arrived());
            if (expected != null) {
                request.response().writeContinue();
            }
        }
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.isExceededBy(chunk)) {
            refuse(Refusal.TOO_LARGE);
        } else if (!body.add(chunk)) {
            refuse(Refusal.BUSY);
        }
    }

    private void arrived() {
        if (over) {
            return;
        }
        visit.ourTurn();
        if (!body.fit() || !body.reserve()) {
            refuse(Refusal.BUSY);
            return;
        }
        if (!desk.enter(requester.network())) {
            refuse(Refusal.THROTTLED);
            return;
        }
        arrived = true;
        WireRequest whole = whole();
        Thread.ofVirtual().name("api").start(() -> work(whole));
    }

    private WireRequest whole() {
        String target = request.uri();
        int question = target.indexOf('?');
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.computeIfAbsent(
                        name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                .add(value));
        return new WireRequest(
                request.method().name(),
                path(target),
                question < 0 ? "" : target.substring(question + 1),
                headers,
                body.bytes(),
                requester.network(),
                requester.address().map(InetAddress::getHostAddress));
    }

    private void work(WireRequest whole) {
        @Nullable WireResponse response = null;
        Refusal refusal = Refusal.INTERNAL;
        try {
            if (!desk.enter()) {
                refusal = Refusal.BUSY;
                return;
            }
            try {
                response = over ? null : desk.door().answer(whole);
            } finally {
                desk.leave();
            }
        } catch (RuntimeException e) {
            LOG.error("a request of the APIs was not answered", e);
        } finally {
            body.release();
            desk.leave(requester.network());
            WireResponse found = response;
            Refusal instead = refusal;
            context.runOnContext(_ -> answer(found, instead));
        }
    }

    private void answer(@Nullable WireResponse response, Refusal instead) {
        if (over) {
            return;
        }
        if (response == null) {
            refuse(instead);
            return;
        }
        over = true;
        try {
            Answers.send(request, visit, response.status(), response.headers(), response.body(), mustClose());
        } catch (IllegalArgumentException e) {
            LOG.error("an answer of the APIs cannot be sent", e);
            over = false;
            refuse(Refusal.INTERNAL);
        }
    }

    // RFC 9112 6.3: Transfer-Encoding beside Content-Length may be an attempt to smuggle a request past a proxy; what
    // could be one is
    // behind this request, and is not read.
    private boolean mustClose() {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private void refuse(Refusal refusal) {
        if (over) {
            return;
        }
        end();
        desk.refused(refusal);
        boolean json = request.uri().startsWith("/v2/") || request.getHeader("x-amz-target") != null;
        WireResponse answer = refusal.answer(json);
        Answers.send(request, visit, answer.status(), answer.headers(), answer.body(), !arrived || mustClose());
    }

    private void goneAway() {
        if (!over) {
            end();
        }
    }

    private void end() {
        over = true;
        if (!arrived) {
            body.release();
        }
    }
}
