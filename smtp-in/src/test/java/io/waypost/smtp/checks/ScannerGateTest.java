package io.waypost.smtp.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScannerGateTest {

    private static final Deadline LONG = Deadline.in(Duration.ofMinutes(1));

    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    private void fail(ScannerGate gate) {
        assertThatThrownBy(() -> gate.pass(LONG, () -> {
                    asked.incrementAndGet();
                    throw new ScanFailure("down");
                }))
                .isInstanceOf(ScanFailure.class);
    }

    @Test
    void noMoreThanItsNumberAreInside() throws Exception {
        ScannerGate gate = new ScannerGate(2);
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new java.util.ArrayList<Future<String>>();
            for (int i = 0; i < 10; i++) {
                all.add(threads.submit(() -> gate.pass(LONG, () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    try {
                        hold.await();
                    } catch (InterruptedException e) {
                        throw new ScanFailure("interrupted");
                    }
                    inside.decrementAndGet();
                    return "ok";
                })));
            }
            org.awaitility.Awaitility.await().until(() -> inside.get() == 2);
            assertThatThrownBy(() -> gate.pass(Deadline.in(Duration.ofMillis(20)), () -> "ok"))
                    .hasMessage("the scanner is busy with other mails");
            hold.countDown();
            for (Future<String> one : all) {
                assertThat(one.get()).isEqualTo("ok");
            }
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void whoFailsThreeTimesIsLeftAloneAndTriedByOneThen() throws Exception {
        ScannerGate gate = new ScannerGate(4, time::get);
        for (int i = 0; i < 3; i++) {
            fail(gate);
        }
        assertThat(asked).hasValue(3);
        fail(gate);
        assertThat(asked).as("left alone").hasValue(3);

        time.addAndGet(Duration.ofSeconds(3).toNanos());
        fail(gate);
        assertThat(asked).as("one tries").hasValue(4);
        fail(gate);
        assertThat(asked).as("left alone again").hasValue(4);

        time.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(gate.pass(LONG, () -> "back")).isEqualTo("back");
        assertThat(gate.pass(LONG, () -> "back")).isEqualTo("back");
    }
}
