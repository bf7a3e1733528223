package io.waypost.outbound.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.MessageId;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedReturnPathsTest {

    private static final Domain DOMAIN = new Domain("bounces.example.com");
    private static final MessageId MAIL = MessageId.nextSent(Instant.parse("2026-11-26T08:00:00Z"), new Random(1));

    private final SignedReturnPaths paths = new SignedReturnPaths(new byte[32]);

    @Test
    void namesTheMailAndTheRecipient() {
        for (int run = 0; run < 1000; run++) {
            EmailAddress path = paths.of(MAIL, run, DOMAIN);
            assertThat(path.localPart()).hasSizeLessThanOrEqualTo(64).isLowerCase();
            assertThat(paths.read(path)).contains(new SignedReturnPaths.Named(MAIL, run, false));
        }
    }

    @Test
    void anotherCaseSaysTheSame() {
        EmailAddress path = paths.of(MAIL, 7, DOMAIN);
        assertThat(paths.read(new EmailAddress(path.localPart().toUpperCase(Locale.ROOT), path.domain())))
                .contains(new SignedReturnPaths.Named(MAIL, 7, false));
    }

    @Test
    void noChangedOneIsOurs() {
        EmailAddress path = paths.of(MAIL, 7, DOMAIN);
        String local = path.localPart();
        for (int i = 0; i < local.length(); i++) {
            char other = local.charAt(i) == '1' ? '2' : '1';
            String changed = local.substring(0, i) + other + local.substring(i + 1);
            assertThat(paths.read(new EmailAddress(changed, DOMAIN)))
                    .as(changed)
                    .isEmpty();
        }
        assertThat(paths.read(new EmailAddress(local, new Domain("example.com"))))
                .isEmpty();
        assertThat(paths.read(EmailAddress.of("help@bounces.example.com"))).isEmpty();
    }

    @Test
    void whatEndsASubscriptionIsNoReturnPath() {
        EmailAddress address = paths.ofUnsubscribing(MAIL, DOMAIN);
        assertThat(address.localPart())
                .hasSizeLessThanOrEqualTo(64)
                .startsWith("u-")
                .isLowerCase();
        assertThat(paths.read(address)).contains(new SignedReturnPaths.Named(MAIL, 0, true));
        assertThat(paths.read(new EmailAddress("b" + address.localPart().substring(1), DOMAIN)))
                .isEmpty();
    }

    @Test
    void anotherServersKeyMakesOthers() {
        byte[] key = new byte[32];
        key[0] = 1;
        assertThat(paths.read(new SignedReturnPaths(key).of(MAIL, 7, DOMAIN))).isEmpty();
        assertThatThrownBy(() -> new SignedReturnPaths(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }
}
