package io.waypost.actions.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupSyncTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore mayEnd = new Semaphore(0);
    private final GroupSync sync = new GroupSync("test-sync", () -> {
        int number = begun.incrementAndGet();
        mayEnd.acquireUninterruptibly();
        if (number == 3) {
            throw new IOException("Input/output error");
        }
    });

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        sync.close();
        threads.close();
    }

    @Test
    void those_who_come_during_a_sync_share_the_next_one() throws Exception {
        Future<?> first = waiter();
        await().until(() -> begun.get() == 1);
        List<Future<?>> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(waiter());
        }
        await().until(() -> sync.waiting() == 50);

        mayEnd.release();
        first.get();
        await().until(() -> begun.get() == 2);
        assertThat(others).noneMatch(Future::isDone);

        mayEnd.release();
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(begun).hasValue(2);
    }

    @Test
    void a_sync_that_fails_fails_for_all_who_shared_it_and_not_for_the_next() throws Exception {
        mayEnd.release(2);
        sync.await();
        sync.await();
        Future<?> one = waiter();
        await().until(() -> begun.get() == 3);
        mayEnd.release();

        assertThatThrownBy(one::get).hasRootCauseMessage("Input/output error");

        mayEnd.release();
        sync.await();
        assertThat(begun).hasValue(4);
    }

    @Test
    void closed_means_closed() {
        sync.close();

        assertThatThrownBy(sync::await).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    private Future<?> waiter() {
        return threads.submit(() -> {
            sync.await();
            return null;
        });
    }
}
