package io.waypost.actions.webhook;

import static io.waypost.actions.webhook.EffectSamples.effect;
import static io.waypost.actions.webhook.EffectSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.actions.ObjectLinks;
import io.waypost.actions.fields.Names;
import io.waypost.actions.json.MailReceivedJson;
import io.waypost.actions.webhook.EffectSamples.Stores;
import io.waypost.actions.webhook.WebhookAction.Format;
import io.waypost.actions.webhook.http.WebhookSecret;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Disposition;
import io.waypost.message.MessageContent;
import io.waypost.message.Outcome;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookHandlerTest {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString("a shared secret".getBytes());
    private static final MessageContent MAIL = message(
            "Received: from mx.sender.example",
            "\tby mx.example.com; Mon, 23 Nov 2026 08:00:00 +0000",
            "From: =?utf-8?Q?Al=C3=ADce?= <alice@sender.example>",
            "To: help@example.com, \"Boss, The\" <boss@example.com>",
            "Reply-To: alice+r@sender.example",
            "Subject: =?utf-8?B?UHJpbnRlciBvbiBmaXJlIPCflKU=?=",
            "Date: Mon, 23 Nov 2026 09:00:00 +0100",
            "Message-ID: <1@sender.example>",
            "In-Reply-To: <0@example.com>",
            "References: <a@example.com> <0@example.com>",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=x",
            "",
            "--x",
            "Content-Type: multipart/alternative; boundary=y",
            "",
            "--y",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "Gr=C3=BC=C3=9Fe",
            "--y",
            "Content-Type: text/html; charset=iso-8859-1",
            "",
            "<b>hot</b>",
            "--y--",
            "--x",
            "Content-Type: application/octet-stream",
            "Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf",
            "Content-Transfer-Encoding: base64",
            "",
            "JVBERi0xLjcKJeLjz9MK",
            "--x--");

    @AutoClose
    private static final LoopbackHttp HTTP = new LoopbackHttp();

    private static final TikaTypes TYPES = new TikaTypes();

    private Endpoint endpoint;

    @BeforeEach
    void listen() throws Exception {
        endpoint = new Endpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private ObjectLinks links = ObjectLinks.NONE;

    private WebhookHandler handler(Optional<String> secret) {
        WebhookSettings settings = new WebhookSettings(
                "tickets", endpoint.url("/mail?a=1"), secret.map(WebhookSecret::of), Duration.ofSeconds(10), 4, true);
        return new WebhookHandler(
                Names.of("webhook", Set.of("tickets")),
                Map.of("tickets", settings),
                HTTP.sender(),
                new MailReceivedJson(new MailReader(ParseLimits.DEFAULT, TYPES), links),
                (webhook, waits, effect) ->
                        ("{\"Records\":[\"" + webhook + waits + "\"]}").getBytes(StandardCharsets.UTF_8));
    }

    private Outcome perform(WebhookAction action, MessageContent content) throws Exception {
        return handler(Optional.empty()).perform(action, effect(content, action));
    }

    private static WebhookAction json() {
        return new WebhookAction("tickets", Format.JSON, false);
    }

    @Test
    void theJsonBodyHasEveryMemberOfTheContract() throws Exception {
        Action store = new Stores("mail", "tickets/");
        Outcome outcome = handler(Optional.empty()).perform(json(), effect(MAIL, store, json()));

        assertThat(outcome).isEqualTo(Outcome.done("answered 200"));
        Endpoint.Got got = endpoint.got.getFirst();
        assertThat(got.method()).isEqualTo("POST");
        assertThat(got.path()).isEqualTo("/mail?a=1");
        assertThat(got.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("webhook-id", EffectSamples.ID + "/production@3/tickets/1")
                .containsEntry("webhook-timestamp", Long.toString(EffectSamples.NOW.getEpochSecond()))
                .containsEntry("waypost-attempt", "1")
                .containsEntry("user-agent", "Waypost")
                .doesNotContainKey("webhook-signature");
        byte[] pdf = Base64.getDecoder().decode("JVBERi0xLjcKJeLjz9MK");
        String expected = """
                {"type":"mail.received","timestamp":"2026-11-23T08:00:00.123Z",
                 "message":{"id":"%s","size":%d,"sha256":"%s","raw":{"bucket":"mail","key":"tickets/%s","url":null}},
                 "envelope":{"from":"alice@sender.example","to":["help@example.com"],"remoteIp":"192.0.2.25",
                   "helo":"mx.sender.example","tls":"TLSv1.3"},
                 "verdicts":{"spf":{"status":"DISABLED"},"dkim":{"status":"DISABLED"},"dmarc":{"status":"DISABLED"},
                   "arc":{"status":"DISABLED"},"spam":{"status":"DISABLED"},"virus":{"status":"DISABLED"},
                   "client":{"reverseName":null,"listings":[]}},
                 "from":[{"name":"Alíce","address":"alice@sender.example"}],
                 "to":[{"name":null,"address":"help@example.com"},{"name":"Boss, The","address":"boss@example.com"}],
                 "cc":[],"replyTo":[{"name":null,"address":"alice+r@sender.example"}],
                 "subject":"Printer on fire 🔥","date":"2026-11-23T09:00:00+01:00","messageId":"<1@sender.example>",
                 "inReplyTo":"<0@example.com>","references":["<a@example.com>","<0@example.com>"],
                 "headers":[["Received","from mx.sender.example\\tby mx.example.com; Mon, 23 Nov 2026 08:00:00 +0000"],
                   ["From","Alíce <alice@sender.example>"],["To","help@example.com, \\"Boss, The\\" <boss@example.com>"],
                   ["Reply-To","alice+r@sender.example"],["Subject","Printer on fire 🔥"],
                   ["Date","Mon, 23 Nov 2026 09:00:00 +0100"],["Message-ID","<1@sender.example>"],
                   ["In-Reply-To","<0@example.com>"],["References","<a@example.com> <0@example.com>"],
                   ["MIME-Version","1.0"],["Content-Type","multipart/mixed; boundary=x"]],
                 "text":"Grüße","html":"<b>hot</b>",
                 "attachments":[{"name":"résumé.pdf","type":"application/octet-stream","detectedType":"application/pdf",
                   "size":%d,"sha256":"%s","contentId":null,"disposition":"attachment"}],
                 "defects":[],
                 "rule":{"ruleSet":"production","version":3,"name":"tickets","action":1}}""".formatted(
                        EffectSamples.ID,
                        MAIL.size(),
                        sha256(MAIL.open().readAllBytes()),
                        EffectSamples.ID,
                        pdf.length,
                        sha256(pdf));
        ObjectMapper mapper = new ObjectMapper();
        JsonNode sent = mapper.readTree(got.body());
        assertThat(sent).isEqualTo(mapper.readTree(expected));
        assertThat(sent.fieldNames()).toIterable().containsExactlyElementsOf(() -> {
            try {
                return mapper.readTree(expected).fieldNames();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void whatIsStoredCanBeFetchedWhereTheStoreHasADoor() throws Exception {
        links = (object, storedAt, now) -> Optional.of(URI.create("https://s3.example/" + object.bucket() + "/"
                + object.key() + "?" + storedAt.getEpochSecond() + "-" + now.getEpochSecond()));
        WebhookAction action = json();

        handler(Optional.empty()).perform(action, effect(MAIL, new Stores("mail", "in/"), action));

        assertThat(new ObjectMapper()
                        .readTree(endpoint.got.getFirst().body())
                        .at("/message/raw/url")
                        .asText())
                .isEqualTo("https://s3.example/mail/in/" + EffectSamples.ID + "?"
                        + EffectSamples.ACCEPTED.getEpochSecond() + "-" + EffectSamples.NOW.getEpochSecond());
    }

    @Test
    void withoutAStoredObjectRawIsNull() throws Exception {
        perform(json(), MAIL);
        assertThat(new ObjectMapper()
                        .readTree(endpoint.got.getFirst().body())
                        .at("/message/raw")
                        .isNull())
                .isTrue();
    }

    @Test
    void aMailThatCannotBeParsedIsDeliveredWithItsDefectsNamed() throws Exception {
        perform(json(), message("what is this", "From: a@b", "Content-Type: multipart/mixed", "", "\u0000 oops"));
        JsonNode sent = new ObjectMapper().readTree(endpoint.got.getFirst().body());
        assertThat(sent.get("defects").toString()).isEqualTo("[\"header-broken\",\"boundary-missing\"]");
        assertThat(sent.get("text").asText()).isEqualTo("\u0000 oops\r\n");
    }

    @Test
    void aSecretSignsIdTimeAndBody() throws Exception {
        handler(Optional.of(SECRET)).perform(json(), effect(MAIL, json()));
        Endpoint.Got got = endpoint.got.getFirst();
        assertThat(got.headers().get("webhook-signature")).isEqualTo(expectedSignature(got));
    }

    @Test
    void rawSendsTheBytesAndTheEnvelopeBesideThem() throws Exception {
        byte[] bytes = new byte[300_000];
        java.util.Arrays.fill(bytes, (byte) 'x');
        WebhookAction raw = new WebhookAction("tickets", Format.RAW, false);
        Effect effect = effect(MessageContent.of(bytes), 7, raw);

        Outcome outcome = handler(Optional.of(SECRET)).perform(raw, effect);

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        Endpoint.Got got = endpoint.got.getFirst();
        assertThat(got.body()).isEqualTo(bytes);
        assertThat(got.headers())
                .containsEntry("content-type", "message/rfc822")
                .containsEntry("content-length", "300000")
                .containsEntry("waypost-message-id", EffectSamples.ID.value())
                .containsEntry("waypost-received-at", "2026-11-23T08:00:00.123Z")
                .containsEntry("waypost-from", "alice@sender.example")
                .containsEntry("waypost-to", "help@example.com")
                .containsEntry("waypost-remote-ip", "192.0.2.25")
                .containsEntry("waypost-helo", "mx.sender.example")
                .containsEntry("waypost-tls", "TLSv1.3")
                .containsEntry("waypost-rule-set", "production")
                .containsEntry("waypost-rule-set-version", "3")
                .containsEntry("waypost-rule", "tickets")
                .containsEntry("waypost-action", "0")
                .containsEntry("waypost-attempt", "7")
                .containsEntry("webhook-signature", expectedSignature(got));
    }

    @Test
    void envelopeTextBecomesSafeForAHeader() {
        assertThat(RawHeaders.encoded("\"a,b\"@exämple.com\r\nX: 100%"))
                .isEqualTo("\"a%2Cb\"@ex%C3%A4mple.com%0D%0AX:%20100%25");
    }

    @Test
    void sesSendsTheLambdaEvent() throws Exception {
        perform(new WebhookAction("tickets", Format.SES, false), MAIL);
        assertThat(endpoint.got.getFirst().text()).isEqualTo("{\"Records\":[\"ticketsfalse\"]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 |                                  | Done  | CONTINUE
            200 | {"disposition":"STOP_RULE"}      | Done  | STOP_RULE
            201 | {"disposition":"STOP_RULE_SET"}  | Done  | STOP_RULE_SET
            200 | {"disposition":"CONTINUE"}       | Done  | CONTINUE
            200 | {"disposition":null}             | Done  | CONTINUE
            200 | {"disposition":"stop"}           | Done  | CONTINUE
            200 | {"disposition":{"a":1}}          | Done  | CONTINUE
            200 | not json                         | Done  | CONTINUE
            200 | null                             | Done  | CONTINUE
            500 | {"disposition":"STOP_RULE"}      | Retry |
            """)
    void theAnswerOfAWaitingWebhookDecides(int status, String body, String kind, String disposition) throws Exception {
        endpoint.answers(status, body == null ? "" : body, Map.of());
        WebhookAction waits = new WebhookAction("tickets", Format.JSON, true);
        Outcome outcome = perform(waits, MAIL);
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        if (outcome instanceof Outcome.Done done) {
            assertThat(done.disposition()).isEqualTo(Disposition.valueOf(disposition));
        }
        assertThat(waits.flow()).isInstanceOf(Action.Flow.Decides.class);
    }

    @Test
    void anAnswerThatNobodyWaitsForDoesNotDecide() throws Exception {
        endpoint.answers(200, "{\"disposition\":\"STOP_RULE_SET\"}", Map.of());
        assertThat(perform(json(), MAIL)).isEqualTo(Outcome.done("answered 200"));
        assertThat(json().flow()).isEqualTo(Action.Flow.ORDINARY);
    }

    @Test
    void aDecisionThatIsTooLongIsAskedForAgain() throws Exception {
        endpoint.answers(200, " ".repeat(70_000) + "{\"disposition\":\"STOP_RULE\"}", Map.of());
        Outcome outcome = perform(new WebhookAction("tickets", Format.JSON, true), MAIL);
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(outcome.detail()).contains("over 64 KiB");
    }

    @Test
    void aWebhookThatIsNoLongerConfiguredIsDeadAndSaysSo() throws Exception {
        WebhookAction gone = new WebhookAction("gone", Format.JSON, false);
        assertThat(perform(gone, MAIL)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        WebhookHandler handler = handler(Optional.empty());
        for (int i = 0; i < 20; i++) {
            handler.perform(json(), effect(MAIL, json()));
        }
        assertThat(endpoint.got).hasSize(20);
        assertThat(endpoint.clientPorts).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { to: tickets }                            |
            { to: tickets, format: raw, wait: yes }    |
            { to: tickets, format: ses }               |
            { to: ticket }                             | there is no webhook 'ticket' in the server's file; did you mean 'tickets'?
            { format: json }                           | 'to' is missing
            { to: tickets, format: xml }               | 'format': 'xml' is not one of json, raw, ses
            { to: tickets, retries: 3 }                | unknown key 'retries'
            { to: tickets, wait: maybe }               | 'wait': 'maybe' is neither true nor false
            tickets                                    | a mapping (name: value) is needed here
            """)
    void readsItsPartOfARuleFile(String text, String problem) {
        Problems problems = new Problems();
        Optional<WebhookAction> action = Document.read("rules.yaml", text, Substitution.NONE, problems)
                .flatMap(node -> handler(Optional.empty()).read(node, problems));
        if (problem == null) {
            assertThat(problems.toString()).isEmpty();
            assertThat(action.orElseThrow().destination()).isEqualTo("webhook:tickets");
        } else {
            assertThat(problems.toString()).contains(problem);
        }
    }

    // Computed here from the standard's text, not with the code under test.
    private static String expectedSignature(Endpoint.Got got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("a shared secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((got.headers().get("webhook-id") + "." + got.headers().get("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(got.body()));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
