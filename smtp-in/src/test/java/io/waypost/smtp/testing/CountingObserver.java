package io.waypost.smtp.testing;

import io.waypost.smtp.SessionObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts. */
public final class CountingObserver implements SessionObserver {

    public final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger refused = new AtomicInteger();
    public final Map<Result, Integer> results = new ConcurrentHashMap<>();

    @Override
    public void connectionOpened() {
        open.incrementAndGet();
    }

    @Override
    public void connectionClosed() {
        open.decrementAndGet();
    }

    @Override
    public void connectionRefused() {
        refused.incrementAndGet();
    }

    @Override
    public void transactionEnded(Result result, long bytes) {
        results.merge(result, 1, Integer::sum);
    }
}
