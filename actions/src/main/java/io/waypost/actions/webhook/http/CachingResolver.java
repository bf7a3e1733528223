package io.waypost.actions.webhook.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Asks the system's resolver, which blocks in native code, on a few platform threads of its own: a name server that does not
 * answer then stops neither virtual threads nor other names. Answers are kept for a short time; callers that ask for one name at
 * once share one question. Names come from configuration, so the memory has a bound.
 */
public final class CachingResolver implements HostResolver {

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int THREADS = 8;

    /** One question to the system. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    private record Answer(List<InetAddress> addresses, long until) {}

    private final Lookup lookup;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();

    CachingResolver(Lookup lookup, Executor executor, LongSupplier nanoTime) {
        this.lookup = lookup;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /** The system's resolver. */
    public static CachingResolver ofSystem() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("resolver-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
        return new CachingResolver(InetAddress::getAllByName, threads, System::nanoTime);
    }

    @Override
    public List<InetAddress> resolve(String host, Duration timeout) throws IOException {
        Answer known = answers.get(host);
        if (known != null && known.until - nanoTime.getAsLong() > 0) {
            return known.addresses;
        }
        CompletableFuture<Answer> answer =
                asked.computeIfAbsent(host, name -> CompletableFuture.supplyAsync(() -> ask(name), executor));
        // Removed here, not in the task: computeIfAbsent may still be at work when the task is done.
        CompletableFuture<Answer> forgotten = answer.whenComplete((done, fault) -> asked.remove(host, answer));
        try {
            return forgotten.get(timeout.toNanos(), TimeUnit.NANOSECONDS).addresses;
        } catch (TimeoutException e) {
            throw new IOException("the name " + host + " was not resolved in time", e);
        } catch (ExecutionException e) {
            throw new IOException("the name " + host + " cannot be resolved", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private Answer ask(String host) {
        try {
            Answer answer = new Answer(List.of(lookup.all(host)), nanoTime.getAsLong() + KEPT.toNanos());
            answers.put(host, answer);
            return answer;
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
