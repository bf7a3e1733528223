package io.waypost.outbound.account;

import static io.waypost.outbound.account.Means.HERE;
import static io.waypost.outbound.account.Means.THERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.outbound.port.SendingAccounts.Allowance;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What contract 4.8 says of quotas. */
class CountedQuotaTest {

    private final Means means = new Means();
    private Allowance allowance = new Allowance(true, true, 200, 1);

    private CountedQuota quota() throws IOException {
        return new CountedQuota(scope -> allowance, means, means);
    }

    private static Reason refused(CountedQuota quota, int recipients) {
        return catchThrowableOfType(SendRefusedException.class, () -> quota.take(HERE, recipients))
                .reason();
    }

    @Test
    void oneASecondInTheSandbox() throws Exception {
        CountedQuota quota = quota();
        quota.take(HERE, 1);
        assertThatThrownBy(() -> quota.take(HERE, 1)).hasMessage("Maximum sending rate exceeded.");
        quota.take(THERE, 1);
        means.forward(Duration.ofMillis(999));
        assertThat(refused(quota, 1)).isEqualTo(Reason.RATE_EXCEEDED);
        means.forward(Duration.ofMillis(1));
        quota.take(HERE, 1);
        assertThat(quota.takenInADay(HERE)).isEqualTo(2);
        assertThat(quota.takenInADay(THERE)).isEqualTo(1);
    }

    @Test
    void aMailToManyIsSentAndPaidForAfterwards() throws Exception {
        allowance = new Allowance(true, false, -1, 10);
        CountedQuota quota = quota();
        quota.take(HERE, 50);
        means.forward(Duration.ofSeconds(4));
        assertThat(refused(quota, 1)).isEqualTo(Reason.RATE_EXCEEDED);
        means.forward(Duration.ofSeconds(1));
        quota.take(HERE, 10);
    }

    @Test
    void theLast24HoursAreCounted() throws Exception {
        allowance = new Allowance(true, true, 200, 1000);
        CountedQuota quota = quota();
        quota.take(HERE, 150);
        means.forward(Duration.ofHours(12));
        assertThat(refused(quota, 51)).isEqualTo(Reason.DAILY_QUOTA_EXCEEDED);
        quota.take(HERE, 50);
        assertThatThrownBy(() -> quota.take(HERE, 1)).hasMessage("Daily message quota exceeded.");
        means.forward(Duration.ofHours(12).plusMinutes(4));
        assertThat(refused(quota, 1)).isEqualTo(Reason.DAILY_QUOTA_EXCEEDED);
        means.forward(Duration.ofMinutes(1));
        quota.take(HERE, 150);
        assertThat(quota.takenInADay(HERE)).isEqualTo(200);
    }

    @Test
    void withoutADailyQuotaAnyNumber() throws Exception {
        allowance = new Allowance(true, false, -1, 1_000_000);
        CountedQuota quota = quota();
        quota.take(HERE, 1_000_000);
        assertThat(quota.takenInADay(HERE)).isEqualTo(1_000_000);
    }

    @Test
    void aRestartForgetsTenSecondsAtMost() throws Exception {
        allowance = new Allowance(true, true, 200, 100);
        CountedQuota quota = quota();
        quota.take(HERE, 1);
        means.forward(Duration.ofSeconds(9));
        quota.take(HERE, 2);
        assertThat(means.writes).isEqualTo(1);
        assertThat(quota().takenInADay(HERE)).isEqualTo(1);
        means.forward(Duration.ofSeconds(1));
        quota.take(HERE, 4);
        assertThat(quota().takenInADay(HERE)).isEqualTo(7);
        quota.take(HERE, 8);
        quota.close();
        assertThat(quota().takenInADay(HERE)).isEqualTo(15);
    }

    @Test
    void aStoreThatRefusesHoldsNobodyUp() throws Exception {
        allowance = new Allowance(true, true, 200, 100);
        CountedQuota quota = quota();
        means.broken = true;
        quota.take(HERE, 3);
        means.broken = false;
        quota.close();
        assertThat(quota().takenInADay(HERE)).isEqualTo(3);
    }

    @Test
    void damagedCountsAreSaid() throws Exception {
        means.apply(List.of(new Change.Put(new Key(HERE, CountedQuota.KIND, "counts"), "1 2 3")), means.instant());
        assertThatThrownBy(this::quota).isInstanceOf(IOException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void manyThreadsGetNoMoreThanThereIs() throws Exception {
        allowance = new Allowance(true, true, 500, 1_000_000);
        CountedQuota quota = quota();
        AtomicInteger taken = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.submit(() -> {
                    quota.take(HERE, 1);
                    return taken.incrementAndGet();
                });
            }
        }
        assertThat(taken).hasValue(500);
        assertThat(quota.takenInADay(HERE)).isEqualTo(500);
    }
}
