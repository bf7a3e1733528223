package io.waypost.actions.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachingResolverTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicLong time = new AtomicLong();

    @AfterEach
    void close() {
        executor.close();
    }

    private CachingResolver resolver(CachingResolver.Lookup lookup) {
        return new CachingResolver(
                host -> {
                    questions.incrementAndGet();
                    return lookup.all(host);
                },
                executor,
                time::get);
    }

    @Test
    void anAnswerIsKeptForTenSeconds() throws IOException {
        CachingResolver resolver = resolver(host -> new InetAddress[] {ADDRESS});
        assertThat(resolver.resolve("a", LONG)).containsExactly(ADDRESS);
        resolver.resolve("a", LONG);
        assertThat(questions).hasValue(1);
        time.addAndGet(Duration.ofSeconds(11).toNanos());
        resolver.resolve("a", LONG);
        assertThat(questions).hasValue(2);
    }

    @Test
    void aFailureIsNotKept() {
        CachingResolver resolver = resolver(host -> {
            throw new UnknownHostException(host);
        });
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> resolver.resolve("a", LONG)).hasMessage("the name a cannot be resolved");
            assertThat(questions).hasValue(i);
        }
    }

    @Test
    void whoAsksWhileTheSystemThinksWaitsOnlyHisOwnTime() {
        CountDownLatch answered = new CountDownLatch(1);
        CachingResolver resolver = resolver(host -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {ADDRESS};
        });
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> resolver.resolve("a", Duration.ofMillis(20)))
                    .hasMessage("the name a was not resolved in time");
        }
        assertThat(questions).hasValue(1);
        answered.countDown();
    }
}
