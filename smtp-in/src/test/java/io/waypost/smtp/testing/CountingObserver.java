package io.waypost.smtp.testing;

import io.waypost.smtp.SessionObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts. */
public final class CountingObserver implements SessionObserver {

    public final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger refused = new AtomicInteger();
    public final List<String> blocked = new CopyOnWriteArrayList<>();
    public final Map<Result, Integer> results = new ConcurrentHashMap<>();

    public final Map<LoginResult, Integer> logins = new ConcurrentHashMap<>();

    @Override
    public void loginEnded(LoginResult result) {
        logins.merge(result, 1, Integer::sum);
    }

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
    public void clientBlocked(String rule) {
        blocked.add(rule);
    }

    @Override
    public void transactionEnded(Result result, long bytes) {
        results.merge(result, 1, Integer::sum);
    }
}
