package io.waypost.actions.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Outcome;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 |                               |          | Done   |        | answered 200
            204 |                               |          | Done   |        | answered 204
            302 |                               |          | Retry  |        | answered 302, and redirects are not followed
            400 |                               | bad      | Retry  |        | answered 400: bad
            404 | 10                            |          | Retry  |        | answered 404
            410 |                               | gone     | Failed |        | answered 410: gone
            429 | 120                           |          | Retry  | PT2M   | answered 429
            429 | 0                             |          | Retry  | PT0S   | answered 429
            429 |                               |          | Retry  |        | answered 429
            503 | 99999999999999999999          |          | Retry  | PT24H  | answered 503
            503 | 200000                        |          | Retry  | PT24H  | answered 503
            503 | Mon, 23 Nov 2026 08:00:30 GMT |          | Retry  | PT30S  | answered 503
            503 | Mon, 23 Nov 2026 07:00:00 GMT |          | Retry  | PT0S   | answered 503
            503 | Mon, 23 Nov 2027 07:00:00 GMT |          | Retry  |        | answered 503
            503 | Tue, 23 Nov 2027 07:00:00 GMT |          | Retry  | PT24H  | answered 503
            503 | soon                          |          | Retry  |        | answered 503
            503 | -5                            |          | Retry  |        | answered 503
            500 |                               | a b ü    | Retry  |        | answered 500: a b .
            """)
    void meansWhatTheContractSays(
            int status, String retryAfter, String body, String kind, String notBefore, String detail) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        Outcome outcome = Answers.outcome(new HttpAnswer(status, retryAfter, bytes, true), NOW);
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(outcome.detail()).isEqualTo(detail);
        if (outcome instanceof Outcome.Retry retry) {
            assertThat(retry.notBefore().orElse(null)).isEqualTo(notBefore == null ? null : Duration.parse(notBefore));
        }
    }

    @Test
    void anAnswersBodyIsShownShortAndPrintable() {
        byte[] body = ("a\u0000\u001b[31m\r\n" + "x".repeat(500)).getBytes(StandardCharsets.UTF_8);
        String detail =
                Answers.outcome(new HttpAnswer(500, null, body, true), NOW).detail();
        assertThat(detail).startsWith("answered 500: a [31m xxx").hasSize("answered 500: ".length() + 200);
    }

    @Test
    void signsAsTheStandardsOwnExampleDoes() throws Exception {
        WebhookSecret secret = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        String body = "{\"test\": 2432232314}";
        String expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, bytes))
                .isEqualTo(expected);
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, new ByteArrayInputStream(bytes)))
                .isEqualTo(expected);
        assertThat(secret.toString()).isEqualTo("WebhookSecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_*", "whsec_a"})
    void anUnusableSecretIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> WebhookSecret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a/", "a.example/hook", "http:///x", "http://user:pass@a/", "http://a/#b", "mailto:a@b"})
    void anUnusableUrlIsRefused(String url) {
        assertThatThrownBy(() -> new HttpDestination(URI.create(url), Duration.ofSeconds(1), 1, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
