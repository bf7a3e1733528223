package io.waypost.smtp.checks.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    @Test
    void aListIsComplainedAboutOnceInFiveMinutes() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
        Complaints complaints = new Complaints(clock::get);

        assertThat(complaints.isDue("a.example")).isTrue();
        assertThat(complaints.isDue("a.example")).isFalse();
        assertThat(complaints.isDue("b.example")).isTrue();
        clock.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(complaints.isDue("a.example")).isFalse();
        clock.incrementAndGet();
        assertThat(complaints.isDue("a.example")).isTrue();
        assertThat(complaints.isDue("a.example")).isFalse();
    }
}
