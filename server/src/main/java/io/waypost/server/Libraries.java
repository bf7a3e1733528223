package io.waypost.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel and Vert.x take the longest to load and need nothing of ours: they start beside the store. */
final class Libraries {

    private final FutureTask<CamelContext> camel;
    private final FutureTask<Vertx> vertx;

    private Libraries(FutureTask<CamelContext> camel, FutureTask<Vertx> vertx) {
        this.camel = camel;
        this.vertx = vertx;
    }

    /** @param patience how long Camel waits for what is on its way when it stops */
    static Libraries starting(Duration patience) {
        return new Libraries(
                beside("camel", () -> startedCamel(patience)),
                beside(
                        "vertx",
                        () -> Vertx.vertx(new VertxOptions()
                                .setEventLoopPoolSize(2)
                                .setWorkerPoolSize(4)
                                .setUseDaemonThread(true))));
    }

    CamelContext camel() throws InterruptedException, StartException {
        return get(camel);
    }

    Vertx vertx() throws InterruptedException, StartException {
        return get(vertx);
    }

    private static CamelContext startedCamel(Duration patience) {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        camel.setStreamCaching(false);
        camel.setMessageHistory(false);
        camel.setAllowUseOriginalMessage(false);
        camel.setLoadTypeConverters(true);
        camel.getShutdownStrategy().setTimeout(patience.toSeconds());
        camel.start();
        return camel;
    }

    private static <T> FutureTask<T> beside(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name("start-" + name).daemon().start(task);
        return task;
    }

    private static <T> T get(FutureTask<T> task) throws InterruptedException, StartException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new StartException("cannot start", e.getCause() == null ? e : e.getCause());
        }
    }
}
