package io.waypost.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.api.aws.ClientNetwork;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.event.Events;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.message.sending.TrackedLinks.Link;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What links of tracked mail answer, and what is told of it (contract 4.10). */
class TrackedPagesTest {

    private static final Instant NOW = Instant.parse("2026-01-31T13:00:00Z");
    private static final TrackedLinks LINKS = new TrackedLinks(new byte[32]);
    private static final Mail MAIL = Events.mail("SendEmail");
    private static final String CLICK = "/c/"
            + LINKS.token(
                    new Link.Click(MAIL.id(), 1, "pos:top;pos:left;k:v", URI.create("https://shop.test/a?b=c&d=%20")));
    private static final String OPEN = "/o/" + LINKS.token(new Link.Open(MAIL.id()));

    private final List<MailEvent> told = new CopyOnWriteArrayList<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean held;
    private volatile boolean broken;
    private Sightings.Limits limits = new Sightings.Limits(2, 3, 100, 3, Duration.ofMillis(1));
    private Sightings sightings = sightings();

    private Sightings sightings() {
        return new Sightings(
                id -> id.equals(MAIL.id()) ? Optional.of(MAIL) : Optional.empty(),
                this::tell,
                (kind, end) -> ended.add(kind + " " + end.word()),
                limits,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Random(1));
    }

    private void tell(MailEvent event) throws IOException {
        if (held) {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted");
            }
        }
        if (broken) {
            throw new IOException("the store is full");
        }
        told.add(event);
    }

    @AfterEach
    void close() {
        go.countDown();
        sightings.close();
    }

    private WireResponse answer(String method, String path, Map<String, String> headers) {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new TrackedPages(LINKS, sightings)
                .answer(new WireRequest(
                        method, path, "", lists, new byte[0], ClientNetwork.LOCAL, Optional.of("203.0.113.9")));
    }

    private WireResponse get(String path) {
        return answer("GET", path, Map.of("user-agent", "Mozilla/5.0"));
    }

    @Test
    void aClickIsSentOnAndTold() {
        WireResponse answer = get(CLICK);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers())
                .containsEntry("Location", "https://shop.test/a?b=c&d=%20")
                .containsEntry("Referrer-Policy", "no-referrer")
                .hasEntrySatisfying("Cache-Control", value -> assertThat(value).contains("no-store"));
        await().until(() -> told.size() == 1);
        MailEvent.Clicked click = (MailEvent.Clicked) told.getFirst();
        assertThat(click)
                .isEqualTo(new MailEvent.Clicked(
                        click.key(),
                        MAIL,
                        NOW,
                        "203.0.113.9",
                        "Mozilla/5.0",
                        URI.create("https://shop.test/a?b=c&d=%20"),
                        Map.of("pos", List.of("top", "left"), "k", List.of("v"))));
        await().until(() -> ended.equals(List.of("click told")));
    }

    @Test
    void anOpenGetsAPictureAndIsToldEachTime() throws Exception {
        WireResponse answer = get(OPEN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Type", "image/gif");
        var picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(1, 1);
        assertThat(picture.getRGB(0, 0) >>> 24).as("transparent").isZero();
        get(OPEN);
        await().until(() -> told.size() == 2);
        assertThat(told).allSatisfy(event -> assertThat(event)
                .isEqualTo(new MailEvent.Opened(event.key(), MAIL, NOW, "203.0.113.9", "Mozilla/5.0")));
        assertThat(told.get(0).key())
                .startsWith("open/")
                .isNotEqualTo(told.get(1).key());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "HEAD, user-agent,  x",
        "GET,  sec-purpose, prefetch;prerender",
        "GET,  purpose,     prefetch",
        "GET,  x-moz,       prefetch"
    })
    void whatIsNoLookIsAnsweredAndNotTold(String method, String name, String value) {
        assertThat(answer(method, CLICK, Map.of(name, value)).status()).isEqualTo(302);
        WireResponse picture = answer(method, OPEN, Map.of(name, value));
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.body()).hasSize(method.equals("HEAD") ? 0 : 42);
        get(OPEN);
        await().until(() -> !told.isEmpty());
        sightings.close();
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void onlyLookingIsPossible(String method) {
        WireResponse answer = answer(method, CLICK, Map.of());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD").doesNotContainKey("Location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/c/", "/o/", "/c/https://evil.test/", "/c//evil.test", "/c/..%2f", "/o/AAAA", "/c/%00"})
    void nothingElseLeadsAnywhere(String path) {
        WireResponse answer = get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).doesNotContainKey("Location");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("evil");
    }

    @Test
    void oneKindsTokenIsNotTheOthers() {
        assertThat(get("/o/" + CLICK.substring(3)).status()).isEqualTo(404);
        assertThat(get("/c/" + OPEN.substring(3)).status()).isEqualTo(404);
        String longest = "/c/" + new TrackedLinks(new byte[33]).token(new Link.Open(MAIL.id()));
        assertThat(get(longest).status()).isEqualTo(404);
        assertThat(ended).isEmpty();
    }

    @Test
    void whoClicksIsSentOnAlsoWhenNobodyCanBeTold() {
        broken = true;
        assertThat(get(CLICK).status()).isEqualTo(302);
        await().until(() -> ended.equals(List.of("click failed")));
    }

    @Test
    void whatWaitsHasAnEnd() {
        held = true;
        for (int i = 0; i < 10; i++) {
            assertThat(get(CLICK).status()).isEqualTo(302);
        }
        // Two are being told, three wait.
        assertThat(ended).containsOnly("click full").hasSize(5);
        go.countDown();
        await().until(() -> told.size() == 5);
    }

    @Test
    void oneMailHasSoManyInAMinute() {
        sightings.close();
        limits = new Sightings.Limits(2, 100, 20, 3, Duration.ofMillis(1));
        sightings = sightings();
        for (int i = 0; i < 30; i++) {
            assertThat(get(OPEN).status()).isEqualTo(200);
        }
        await().until(() -> told.size() == 20);
        assertThat(ended.stream().filter("open limited"::equals)).hasSize(10);
        Repeats repeats = new Repeats(1);
        assertThat(repeats.isTooMany(MAIL.id(), NOW)).isFalse();
        assertThat(repeats.isTooMany(MAIL.id(), NOW.plusSeconds(59))).isTrue();
        assertThat(repeats.isTooMany(MAIL.id(), NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void ofAForgottenMailTheLinksLeadOnAndNothingIsTold() {
        MessageId other = MessageId.nextSent(NOW, new Random(5));
        String link = LINKS.token(new Link.Click(other, 1, "", URI.create("https://shop.test/")));
        assertThat(get("/c/" + link).headers()).containsEntry("Location", "https://shop.test/");
        await().until(() -> ended.equals(List.of("click forgotten")));
    }

    @Test
    void closingTellsWhatWaits() {
        held = true;
        get(OPEN);
        get(OPEN);
        get(OPEN);
        go.countDown();
        sightings.close();
        assertThat(told).hasSize(3);
        get(OPEN);
        assertThat(ended).contains("open full");
    }
}
