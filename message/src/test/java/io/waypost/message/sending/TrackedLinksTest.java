package io.waypost.message.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.MessageId;
import io.waypost.message.sending.TrackedLinks.Link;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackedLinksTest {

    private static final MessageId MAIL = MessageId.nextSent(Instant.parse("2026-11-26T08:00:00Z"), new Random(1));
    private static final Link.Click CLICK =
            new Link.Click(MAIL, 250, "pos:top;k:v", URI.create("https://shop.test/a?b=c&d=%20#e"));

    private final TrackedLinks links = new TrackedLinks(new byte[32]);

    @Test
    void aTokenSaysAllThatIsNeeded() {
        assertThat(links.read(links.token(CLICK))).contains(CLICK);
        Link open = new Link.Open(MAIL);
        assertThat(links.token(open)).matches("[A-Za-z0-9_-]{52}");
        assertThat(links.read(links.token(open))).contains(open);
    }

    @Test
    void noChangedTokenIsOurs() {
        for (Link link : new Link[] {CLICK, new Link.Open(MAIL)}) {
            byte[] token = Base64.getUrlDecoder().decode(links.token(link));
            for (int bit = 0; bit < token.length * 8; bit++) {
                byte[] changed = token.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(links.read(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                        .isEmpty();
            }
            for (int length = 0; length < token.length; length++) {
                assertThat(links.read(
                                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(token, length))))
                        .isEmpty();
            }
        }
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(new TrackedLinks(other).read(links.token(CLICK))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "AAAA", "https://evil.test/", "../../etc/passwd", "%41", "\u00e9\ud83d", "A A"})
    void whatIsNoTokenSaysNothing(String text) {
        assertThat(links.read(text)).isEmpty();
        assertThat(links.read(links.token(CLICK) + text).filter(link -> !link.equals(CLICK)))
                .isEmpty();
        assertThat(links.read("A".repeat(100_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "/x", "//evil.test", "mailto:a@b.test", "http:x"})
    void nothingButTheWebIsATarget(String target) {
        assertThat(links.read(links.token(new Link.Click(MAIL, 1, "", URI.create(target)))))
                .isEmpty();
    }

    @Test
    void aTokenFitsIntoALine() {
        String longest = "https://a.test/" + "x".repeat(TrackedLinks.MOST_BYTES - 15);
        Link link = new Link.Click(MAIL, 1, "", URI.create(longest));
        assertThat(links.token(link)).hasSizeLessThan(6_000);
        assertThat(links.read(links.token(link))).contains(link);
        assertThatThrownBy(() -> links.token(new Link.Click(MAIL, 1, "", URI.create(longest + "x"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrackedLinks(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
