package io.waypost.actions.webhook.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. {@link #run} blocks the calling virtual thread; everything that touches Vert.x objects happens on
 * the lane's event loop, except the writes of a streamed body, which Vert.x takes from any thread.
 */
final class HttpCall {

    private static final int PIECE = 64 * 1024;

    private final HttpSender.Lane lane;
    private final RequestOptions options;
    private final Map<String, String> headers;
    private final RequestBody body;
    private final long deadline;

    private final CompletableFuture<HttpClientRequest> connected = new CompletableFuture<>();
    private final CompletableFuture<HttpAnswer> answered = new CompletableFuture<>();

    // Event loop only.
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean sent;
    private boolean over;

    /** Nothing of the request was sent. */
    static final class NotConnectedException extends IOException {
        NotConnectedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    HttpCall(
            HttpSender.Lane lane,
            RequestOptions options,
            Map<String, String> headers,
            RequestBody body,
            long deadline) {
        this.lane = lane;
        this.options = options;
        this.headers = headers;
        this.body = body;
        this.deadline = deadline;
    }

    HttpAnswer run() throws IOException {
        lane.context().runOnContext(go -> lane.client().request(options).onComplete(this::begin, fault -> {
            NotConnectedException none = new NotConnectedException(describe("no connection", fault), fault);
            connected.completeExceptionally(none);
            answered.completeExceptionally(none);
        }));
        try {
            if (body instanceof RequestBody.Streamed streamed) {
                stream(await(connected), streamed);
            }
            return await(answered);
        } catch (TimeoutException e) {
            return giveUp();
        } catch (InterruptedIOException e) {
            lane.context().runOnContext(go -> end());
            throw e;
        }
    }

    private void begin(HttpClientRequest begun) {
        if (over) {
            begun.connection().close();
            return;
        }
        request = begun;
        headers.forEach(begun::putHeader);
        begun.exceptionHandler(fault -> fail("the connection broke", fault));
        begun.response().onComplete(this::answer, fault -> fail("the connection broke", fault));
        switch (body) {
            case RequestBody.Bytes bytes -> {
                sent = true;
                begun.end(Buffer.buffer(bytes.bytes()));
            }
            case RequestBody.Streamed streamed -> {
                begun.putHeader(
                        "Content-Length", Long.toString(streamed.content().size()));
                connected.complete(begun);
            }
        }
    }

    private void answer(HttpClientResponse begun) {
        response = begun;
        begun.exceptionHandler(fault -> answered.complete(heard(begun, false)));
        begun.handler(piece -> {
            int room = HttpAnswer.MOST_BODY - received.size();
            received.write(piece.getBytes(), 0, Math.min(room, piece.length()));
            if (piece.length() > room) {
                answered.complete(heard(begun, false));
                end();
            }
        });
        begun.endHandler(end -> {
            over = sent;
            answered.complete(heard(begun, true));
        });
    }

    // One piece on the way at a time: a slow receiver holds back the reading. The last piece ends the request: a server
    // may
    // answer as soon as it has all bytes.
    private void stream(HttpClientRequest to, RequestBody.Streamed streamed) throws IOException, TimeoutException {
        try (InputStream in = streamed.content().open()) {
            long left = streamed.content().size();
            while (left > PIECE) {
                CompletableFuture<Void> written = new CompletableFuture<>();
                to.write(piece(in, PIECE)).onComplete(done -> written.complete(null));
                left -= PIECE;
                await(either(written));
                if (answered.isDone()) {
                    // An answer that comes before the end, such as 413, ends the sending.
                    lane.context().runOnContext(go -> end());
                    return;
                }
            }
            Buffer last = piece(in, (int) left);
            if (in.read() >= 0) {
                throw new IOException("the content is longer than its size");
            }
            lane.context().runOnContext(go -> {
                sent = true;
                to.end(last);
            });
        } catch (IOException e) {
            lane.context().runOnContext(go -> end());
            throw e;
        }
    }

    private static Buffer piece(InputStream in, int length) throws IOException {
        byte[] piece = in.readNBytes(length);
        if (piece.length < length) {
            // Content-Length is said already: the request must not end as if it were whole.
            throw new IOException("the content is shorter than its size");
        }
        return Buffer.buffer(piece);
    }

    // A write that fails never completes what it was for, but the call's failure is known then.
    private CompletableFuture<Object> either(CompletableFuture<Void> written) {
        return CompletableFuture.anyOf(written, answered.handle((answer, fault) -> true));
    }

    private HttpAnswer giveUp() throws IOException {
        CompletableFuture<@Nullable HttpAnswer> last = new CompletableFuture<>();
        lane.context().runOnContext(go -> {
            // The status is the answer; what did not come is only its body.
            last.complete(response == null ? null : heard(response, false));
            end();
        });
        HttpAnswer answer = last.join();
        if (answer == null) {
            throw new IOException("no answer in time");
        }
        return answer;
    }

    /** Event loop. Breaks the connection off when the call is not over: it cannot be used again. */
    private void end() {
        if (!over && request != null) {
            request.connection().close();
        }
        over = true;
    }

    private void fail(String what, Throwable fault) {
        answered.completeExceptionally(new IOException(describe(what, fault), fault));
    }

    private HttpAnswer heard(HttpClientResponse from, boolean complete) {
        return new HttpAnswer(from.statusCode(), from.getHeader("Retry-After"), received.toByteArray(), complete);
    }

    private <T> T await(CompletableFuture<T> future) throws IOException, TimeoutException {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new IOException(describe("the call failed", e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static String describe(String what, Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return what + ": " + Printable.of(message, 200);
    }
}
