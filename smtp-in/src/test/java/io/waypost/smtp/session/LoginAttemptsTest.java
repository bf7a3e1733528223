package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private final LoginAttempts attempts = new LoginAttempts(source(() -> now));

    private static Clock source(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    private void fail(InetAddress client, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(client);
        }
    }

    @Test
    void afterTwentyFailuresOneIsForgottenEveryHalfMinute() {
        fail(CLIENT, 19);
        assertThat(attempts.areUsedUp(CLIENT)).isFalse();
        fail(CLIENT, 1);
        assertThat(attempts.areUsedUp(CLIENT)).isTrue();

        now = now.plusSeconds(29);
        assertThat(attempts.areUsedUp(CLIENT)).isTrue();
        now = now.plusSeconds(1);
        assertThat(attempts.areUsedUp(CLIENT)).isFalse();
        fail(CLIENT, 1);
        assertThat(attempts.areUsedUp(CLIENT)).isTrue();

        now = now.plus(Duration.ofMinutes(10));
        fail(CLIENT, 19);
        assertThat(attempts.areUsedUp(CLIENT)).isFalse();
    }

    @Test
    void oneHostIsOneClientWhateverItsAddressWithinItsNetwork() {
        fail(InetAddress.ofLiteral("2001:db8::1"), 20);
        assertThat(attempts.areUsedUp(InetAddress.ofLiteral("2001:db8::ffff:2")))
                .isTrue();
        assertThat(attempts.areUsedUp(InetAddress.ofLiteral("2001:db8:0:1::1"))).isFalse();
        assertThat(attempts.areUsedUp(CLIENT)).isFalse();
    }

    @Test
    void thoseWhoFailedLongestAgoMakeRoom() {
        fail(CLIENT, 20);
        InetAddress other = InetAddress.ofLiteral("192.0.2.2");
        fail(other, 20);
        for (int i = 0; i < 9_999; i++) {
            attempts.failed(InetAddress.ofLiteral("10.0.%d.%d".formatted(i / 256, i % 256)));
            assertThat(attempts.areUsedUp(other)).isTrue();
        }
        assertThat(attempts.areUsedUp(CLIENT)).isFalse();
    }
}
