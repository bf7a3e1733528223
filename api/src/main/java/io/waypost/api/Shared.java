package io.waypost.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Work that runs once at a time on a worker thread; whoever asks meanwhile gets the same answer. Any thread. */
final class Shared<T> {

    private final Vertx vertx;
    private final Callable<T> work;
    private @Nullable Future<T> running;

    Shared(Vertx vertx, Callable<T> work) {
        this.vertx = vertx;
        this.work = work;
    }

    synchronized Future<T> answer() {
        Future<T> current = running;
        if (current == null || current.isComplete()) {
            current = vertx.executeBlocking(work, false).map(Objects::requireNonNull);
            running = current;
        }
        return current;
    }
}
