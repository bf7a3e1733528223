package io.waypost.actions.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.actions.Effects;
import io.waypost.actions.ObjectLinks;
import io.waypost.actions.endpoint.EndpointAction.Format;
import io.waypost.actions.fields.Names;
import io.waypost.actions.json.MailReceivedJson;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Outcome;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.mime.TypeDetector;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointHandlerTest {

    private final AtomicReference<byte @Nullable []> body = new AtomicReference<>();
    private final AtomicReference<Map<String, Object>> headers = new AtomicReference<>(Map.of());
    private final MailReceivedJson json =
            new MailReceivedJson(new MailReader(ParseLimits.DEFAULT, TypeDetector.NONE), ObjectLinks.NONE);
    private @Nullable Exception fault;
    private DefaultCamelContext camel;
    private CamelEndpoints endpoints;
    private EndpointHandler handler;

    @BeforeEach
    void start() throws Exception {
        camel = new DefaultCamelContext();
        camel.start();
        camel.getEndpoint("direct:archive").createConsumer(this::take).start();
        endpoints = new CamelEndpoints(camel, "lib/");
        endpoints.add("archive", "direct:archive?timeout=1000");
        handler = new EndpointHandler(Names.of("endpoint", Set.of("archive")), endpoints, json);
    }

    private void take(Exchange exchange) throws Exception {
        body.set(exchange.getIn().getBody(byte[].class));
        headers.set(Map.copyOf(exchange.getIn().getHeaders()));
        if (fault != null) {
            throw fault;
        }
    }

    @AfterEach
    void stop() {
        endpoints.close();
        camel.stop();
    }

    @Test
    void the_endpoint_gets_the_bytes_and_our_own_headers_only() throws Exception {
        EndpointAction action = new EndpointAction("archive", Format.RAW);
        Effect effect = Effects.withAttempt(
                Effects.of("CamelFileName: ../../etc/passwd\r\nSubject: x\r\n\r\nh\u00e9llo\r\n", action), 3);

        assertThat(handler.perform(action, effect)).isEqualTo(Outcome.done("taken by endpoint archive"));

        assertThat(body.get()).isEqualTo(effect.content().open().readAllBytes());
        assertThat(headers.get())
                .containsOnly(
                        Map.entry("Content-Type", "message/rfc822"),
                        Map.entry("waypostMessageId", Effects.ID.value()),
                        Map.entry("waypostEffectKey", effect.key().toString()),
                        Map.entry("waypostRule", "rest"),
                        Map.entry("waypostAttempt", "3"));
        assertThat(action.destination()).isEqualTo("endpoint:archive");
    }

    @Test
    void the_endpoint_gets_the_parsed_mail_as_a_webhook_does() throws Exception {
        EndpointAction action = new EndpointAction("archive", Format.JSON);
        Effect effect = Effects.of("Subject: Printer on fire\r\n\r\nIt burns.\r\n", action);

        assertThat(handler.perform(action, effect)).isEqualTo(Outcome.done("taken by endpoint archive"));

        assertThat(body.get())
                .isEqualTo(json.write(effect))
                .asString(UTF_8)
                .contains("\"subject\":\"Printer on fire\"");
        assertThat(headers.get())
                .containsEntry("Content-Type", "application/json")
                .hasSize(5);
    }

    @Test
    void an_endpoint_that_fails_is_tried_again_without_its_secrets_in_the_detail() throws Exception {
        fault = new IOException("cannot connect to ftp://host?username=u&password=hush");
        EndpointAction action = new EndpointAction("archive", Format.RAW);

        assertThat(handler.perform(action, Effects.of("x", action)))
                .isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.detail())
                        .startsWith("endpoint archive: IOException: cannot connect to ftp://host")
                        .doesNotContain("hush"));
    }

    @Test
    void an_endpoint_without_a_consumer_is_tried_again() throws Exception {
        endpoints.add("away", "direct:away?timeout=10");
        EndpointAction action = new EndpointAction("away", Format.RAW);

        assertThat(handler.perform(action, Effects.of("x", action))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void reads_a_name() {
        Problems problems = new Problems();
        assertThat(read("{ to: archive }", problems)).contains(new EndpointAction("archive", Format.RAW));
        assertThat(read("{ to: archive, format: json }", problems))
                .contains(new EndpointAction("archive", Format.JSON));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ to: archve } | 'to': there is no endpoint 'archve' in the server's file; did you mean 'archive'?",
                "{ to: 'direct:archive' } | 'to': there is no endpoint 'direct:archive' in the server's file; known here: archive",
                "{ } | 'to' is missing; it has no default",
                "{ to: archive, format: ses } | 'format': 'ses' is not one of raw, json; known here: raw, json",
                "{ to: archive, wait: true } | unknown key 'wait'; known here: to, format",
            })
    void says_what_is_wrong(String yaml, String words) {
        Problems problems = new Problems();
        read(yaml, problems);
        assertThat(problems.toString()).isEqualTo("rules.yaml:1: " + words);
    }

    @Test
    void an_unknown_component_is_named_with_the_place_of_its_jar() {
        assertThatThrownBy(() -> endpoints.add("k", "kafka:inbound?brokers=x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no Camel component 'kafka'; put its jar (mostly camel-kafka-4.18.0.jar)"
                        + " and what it needs into lib/");
    }

    @Test
    void an_unknown_option_is_named_without_its_value() {
        assertThatThrownBy(() -> endpoints.add("a", "direct:a?pasword=hush"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the component 'direct' does not take this endpoint: ")
                .hasMessageEndingWith("Unknown parameters=[{pasword=...}]")
                .message()
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({"seda:x, keeps messages in memory only", "archive, not a Camel endpoint", "'', not a Camel endpoint"})
    void endpoints_that_would_lose_mail_or_are_none_are_refused(String uri, String words) {
        assertThatThrownBy(() -> endpoints.add("x", uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private Optional<EndpointAction> read(String yaml, Problems problems) {
        return handler.read(
                Document.read("rules.yaml", yaml, Substitution.NONE, problems).orElseThrow(), problems);
    }
}
