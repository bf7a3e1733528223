package io.waypost.outbound.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PaceTest {

    private final AtomicLong time = new AtomicLong();

    private Pace pace(int connections) {
        return new Pace(new PaceLimits(connections, OptionalDouble.empty()), time::get);
    }

    private static void mails(Pace pace, int count, Pace.Result result) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            assertThat(pace.enter()).isEmpty();
            pace.leave(result, "because");
        }
    }

    @Test
    void successWidensItUpToTheLimit() throws Exception {
        Pace pace = pace(8);
        assertThat(pace.allowed()).isEqualTo(5);
        mails(pace, 6, Pace.Result.WELL);
        assertThat(pace.allowed()).as("a round of five went well").isEqualTo(6);
        mails(pace, 100, Pace.Result.WELL);
        assertThat(pace.allowed()).isEqualTo(8);
    }

    @Test
    void aRequestForPatienceHalvesItAndSuccessWidensItAgain() throws Exception {
        Pace pace = pace(20);
        mails(pace, 300, Pace.Result.WELL);
        mails(pace, 1, Pace.Result.TOO_FAST);
        assertThat(pace.allowed()).isEqualTo(10);
        mails(pace, 10, Pace.Result.TOO_FAST);
        assertThat(pace.allowed()).isEqualTo(1);
        mails(pace, 1, Pace.Result.WELL);
        assertThat(pace.allowed()).isEqualTo(2);
    }

    @Test
    void aMailThatIsPutOffChangesNothing() throws Exception {
        Pace pace = pace(8);
        mails(pace, 50, Pace.Result.NOTHING);
        mails(pace, 9, Pace.Result.PUT_OFF);
        assertThat(pace.allowed()).isEqualTo(5);
        mails(pace, 1, Pace.Result.WELL);
        mails(pace, 9, Pace.Result.PUT_OFF);
        assertThat(pace.allowed()).as("not so many in a row").isEqualTo(5);
    }

    @Test
    void manyInARowThatArePutOffAreARequestForPatience() throws Exception {
        Pace pace = pace(20);
        mails(pace, 300, Pace.Result.WELL);
        mails(pace, 10, Pace.Result.PUT_OFF);
        assertThat(pace.allowed()).isEqualTo(10);
        mails(pace, 9, Pace.Result.PUT_OFF);
        assertThat(pace.allowed()).isEqualTo(10);
        mails(pace, 1, Pace.Result.PUT_OFF);
        assertThat(pace.allowed()).isEqualTo(5);
        mails(pace, 100, Pace.Result.PUT_OFF);
        assertThat(pace.allowed()).isEqualTo(1);
    }

    @Test
    void whoFindsNoRoomWaitsForIt() throws Exception {
        Pace pace = pace(1);
        assertThat(pace.enter()).isEmpty();
        CountDownLatch entered = new CountDownLatch(1);
        Thread other = Thread.ofVirtual().start(() -> {
            try {
                assertThat(pace.enter()).isEmpty();
                entered.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (other.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(entered.getCount()).isOne();
        pace.leave(Pace.Result.WELL, "");
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whileNothingCanBeReachedNothingIsTried() throws Exception {
        Pace pace = pace(20);
        mails(pace, 1, Pace.Result.UNREACHABLE);
        assertThat(pace.enter()).contains(new Pace.Pausing("because", Duration.ofSeconds(2)));
        time.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(pace.enter()).as("one finds out").isEmpty();
        assertThat(pace.enter()).as("the others wait for him").isPresent();
        pace.leave(Pace.Result.UNREACHABLE, "still");
        assertThat(pace.enter()).as("twice as long").contains(new Pace.Pausing("still", Duration.ofSeconds(4)));
        time.addAndGet(Duration.ofSeconds(4).toNanos());
        mails(pace, 3, Pace.Result.WELL);
    }

    @Test
    void aHostThatDoesNotWantTheMailCanBeReachedAllTheSame() throws Exception {
        Pace pace = pace(20);
        mails(pace, 1, Pace.Result.UNREACHABLE);
        time.addAndGet(Duration.ofSeconds(2).toNanos());
        mails(pace, 1, Pace.Result.PUT_OFF);
        assertThat(pace.enter()).isEmpty();
        assertThat(pace.enter()).as("not one at a time any more").isEmpty();
    }

    @Test
    void manyFailuresAtOnceAreOne() throws Exception {
        Pace pace = pace(20);
        for (int i = 0; i < 5; i++) {
            assertThat(pace.enter()).isEmpty();
        }
        for (int i = 0; i < 5; i++) {
            pace.leave(Pace.Result.UNREACHABLE, "x");
        }
        assertThat(pace.enter()).contains(new Pace.Pausing("x", Duration.ofSeconds(2)));
    }

    @Test
    void noPauseIsLongerThanAMinute() throws Exception {
        Pace pace = pace(20);
        for (int i = 0; i < 20; i++) {
            mails(pace, 1, Pace.Result.UNREACHABLE);
            assertThat(pace.enter().orElseThrow().left()).isLessThanOrEqualTo(Duration.ofMinutes(1));
            time.addAndGet(Duration.ofMinutes(1).toNanos());
        }
    }

    @Test
    void aRateSpreadsMailsOverTheSecond() throws Exception {
        Pace pace = new Pace(new PaceLimits(20, OptionalDouble.of(20)), System::nanoTime);
        long begun = System.nanoTime();
        mails(pace, 6, Pace.Result.WELL);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void eachDestinationHasItsOwn() throws Exception {
        Paces paces = new Paces(
                new PaceLimits(20, OptionalDouble.empty()),
                Map.of("slow.example", new PaceLimits(2, OptionalDouble.of(1))),
                time::get);
        mails(paces.of("smtp:dead.example", "dead.example"), 1, Pace.Result.UNREACHABLE);
        assertThat(paces.of("smtp:dead.example", "dead.example").enter()).isPresent();
        assertThat(paces.of("smtp:live.example", "live.example").enter()).isEmpty();
        assertThat(paces.of("smtp:slow.example", "slow.example").allowed()).isEqualTo(2);
        assertThat(List.of(paces.isConfigured("slow.example"), paces.isConfigured("live.example")))
                .containsExactly(true, false);
        assertThat(paces.mostConnections()).isEqualTo(20);
    }
}
