package io.waypost.api.aws.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.ClientNetwork;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedSignaturesTest {

    private static final ClientNetwork ONE = new ClientNetwork("192.0.2.1");
    private static final ClientNetwork OTHER = new ClientNetwork("192.0.2.2");

    // A clock of this kind may begin below zero.
    private long now = -5_000_000_000L;
    private final FailedSignatures failures = new FailedSignatures(4, Duration.ofSeconds(60), 100, () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aClientMayFailAsOftenAsItIsSaid_andOthersNoticeNothing() {
        for (int i = 0; i < 3; i++) {
            assertThat(failures.failed(ONE)).isFalse();
            assertThat(failures.isSpent(ONE)).isFalse();
        }
        assertThat(failures.failed(ONE)).isTrue();
        assertThat(failures.isSpent(ONE)).isTrue();
        assertThat(failures.isSpent(OTHER)).isFalse();
    }

    @Test
    void timeForgivesOneAfterTheOther() {
        for (int i = 0; i < 4; i++) {
            failures.failed(ONE);
        }
        pass(Duration.ofMillis(14_999));
        assertThat(failures.isSpent(ONE)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(failures.isSpent(ONE)).isFalse();
        assertThat(failures.failed(ONE)).isTrue();
        pass(Duration.ofSeconds(60));
        for (int i = 0; i < 3; i++) {
            assertThat(failures.failed(ONE)).isFalse();
        }
    }

    @Test
    void requestsThatWereOnTheirWayAreNotHeldAgainstAClientForLongerThanThePeriod() {
        for (int i = 0; i < 1_000; i++) {
            failures.failed(ONE);
        }
        pass(Duration.ofSeconds(15));
        assertThat(failures.isSpent(ONE)).isFalse();
    }

    @Test
    void whoSpraysAddressesTakesNoMemory() {
        for (int i = 0; i < 100_000; i++) {
            failures.failed(new ClientNetwork("sprayed " + i));
            assertThat(failures.remembered()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void whoFailsOnIsNotForgottenForThoseWhoFailOnce() {
        for (int i = 0; i < 5_000; i++) {
            if (i % 50 == 0) {
                failures.failed(ONE);
            }
            failures.failed(new ClientNetwork("sprayed " + i));
        }
        assertThat(failures.isSpent(ONE)).isTrue();
    }

    @Test
    void whoIsGoodAgainIsForgotten() {
        failures.failed(ONE);
        pass(Duration.ofSeconds(15));
        failures.failed(OTHER);
        assertThat(failures.remembered()).isEqualTo(1);
    }
}
