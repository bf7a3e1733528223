package io.waypost.outbound.tls;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the policies in use fresh without waiting for a mail (RFC 8461 10.2), one after the other on a thread of its own. */
public final class StsRefresh implements AutoCloseable {

    /** A policy is fetched again after a day; of those with a shorter time, each mail takes care. */
    public static final Duration PAUSE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(StsRefresh.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final StsPolicies policies;
    private final Duration pause;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("mta-sts").daemon().factory());

    /** @param pause between two rounds */
    public StsRefresh(StsPolicies policies, Duration pause) {
        this.policies = policies;
        this.pause = pause;
    }

    public void start() {
        var unused =
                thread.scheduleWithFixedDelay(this::refresh, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        try {
            policies.refresh();
        } catch (RuntimeException e) {
            LOG.warn("MTA-STS policies could not be refreshed, trying again in {}: {}", pause, e.toString());
        }
    }

    /** Ends the present round; call it before what policies are fetched with is closed. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("a host of an MTA-STS policy holds up the end");
        }
    }
}
