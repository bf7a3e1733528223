package io.waypost.message.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import io.waypost.message.sending.UnsubscribeLinks.Subscription;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeLinksTest {

    private static final Subscription SUBSCRIPTION = new Subscription(
            new Scope("123456789012", "eu-west-1"),
            "readers",
            Optional.of("news"),
            EmailAddress.of("gr\u00fc\u00dfe@example.net"),
            MessageId.nextSent(Instant.parse("2026-11-26T08:00:00Z"), new Random(1)));

    private final UnsubscribeLinks links = new UnsubscribeLinks(new byte[32]);

    @Test
    void aTokenSaysWhatItWasMadeOf() {
        assertThat(links.token(SUBSCRIPTION)).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{22}");
        assertThat(links.read(links.token(SUBSCRIPTION))).contains(SUBSCRIPTION);
    }

    @Test
    void noChangedOneIsTaken() {
        String token = links.token(SUBSCRIPTION);
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(links.read(token.substring(0, i) + other + token.substring(i + 1)))
                    .as("character " + i)
                    .isEmpty();
        }
        byte[] key = new byte[32];
        key[0] = 1;
        assertThat(new UnsubscribeLinks(key).read(token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "%.%", "AAAA.AAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoneIsNone(String token) {
        assertThat(links.read(token)).isEmpty();
    }
}
