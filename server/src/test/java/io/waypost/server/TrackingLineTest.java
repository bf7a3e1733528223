package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.message.header.HeaderBlock;
import io.waypost.server.support.EventTopic;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import io.waypost.server.support.SnsSink;
import io.waypost.smtp.checks.dkim.DkimVerifier;
import io.waypost.smtp.checks.dns.CachingDns;
import io.waypost.smtp.checks.dns.DnsSettings;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.testing.LocalDns;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sns.SnsClient;

/** Opens, clicks and ended subscriptions, from the call that sends to the event that tells, on the whole server. */
class TrackingLineTest {

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String HTML = "<html><body><p>Gr\u00fc\u00dfe</p>"
            + "<a ses:tags=\"pos:top\" href=\"https://shop.test/a?b=1&amp;c=2\">Shop</a>"
            + "<a ses:no-track href=\"https://shop.test/terms\">Terms</a></body></html>";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private RelaySink relay;
    private SnsSink sink;
    private Setup setup;
    private String base;
    private Server server;
    private SesV2Client ses;
    private SnsClient sns;
    private KeyPair dkim;

    @BeforeEach
    void start() throws Exception {
        relay = new RelaySink();
        sink = new SnsSink();
        setup = new Setup(folder).rules("name: main\nactive: true\nrules: []\n");
        base = "http://127.0.0.1:" + setup.httpPort();
        setup.with("""
                        accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                        ses: { regions: [ us-east-1 ], verify: atOnce, sandbox: false }
                        subscribers: { allowPrivate: [ 127.0.0.0/8 ] }
                        outbound: { routes: { customer.test: "127.0.0.1:%d" } }
                        """.formatted(KEY, SECRET, relay.port())).write();
        server = InProcess.start(setup);
        AwsBasicCredentials key = AwsBasicCredentials.create(KEY, SECRET);
        ses = AwsServer.client(SesV2Client.builder(), base, key);
        sns = AwsServer.client(SnsClient.builder(), base, key);
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        dkim = rsa.generateKeyPair();
        ses.createEmailIdentity(
                r -> r.emailIdentity("shop.test").dkimSigningAttributes(d -> d.domainSigningSelector("mail")
                        .domainSigningPrivateKey(Base64.getEncoder()
                                .encodeToString(dkim.getPrivate().getEncoded()))));
        EventTopic.follow(ses, sns, sink, EventType.OPEN, EventType.CLICK, EventType.SUBSCRIPTION);
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        ses.close();
        sns.close();
        server.close();
        sink.close();
        relay.close();
    }

    private String send(String to) {
        return ses.sendEmail(r -> r.fromEmailAddress("News <news@shop.test>")
                        .destination(d -> d.toAddresses(to))
                        .configurationSetName("main")
                        .emailTags(t -> t.name("campaign").value("spring"))
                        .content(c -> c.simple(s -> s.subject(x -> x.data("News"))
                                .body(b -> b.text(x -> x.data("https://shop.test/\n"))
                                        .html(x -> x.data(HTML))))))
                .messageId();
    }

    private RelaySink.Taken taken(String to) {
        Predicate<RelaySink.Taken> his = mail -> mail.to().getFirst().startsWith("<" + to + ">");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> relay.taken().stream().anyMatch(his));
        return relay.taken().stream().filter(his).findFirst().orElseThrow();
    }

    private JsonNode event(String type) {
        await().atMost(Duration.ofSeconds(30)).until(() -> find(type).isPresent());
        return find(type).orElseThrow();
    }

    private Optional<JsonNode> find(String type) {
        return sink.messages.stream()
                .filter(message -> message.path("eventType").asText().equals(type))
                .findFirst();
    }

    /** The content with its quoted-printable lines read, as far as links go. */
    private static String read(RelaySink.Taken mail) {
        return mail.content().replace("=\r\n", "").replace("=3D", "=");
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<byte[]> ask(String method, String url) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("User-Agent", "Reader/1.0")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void whoReadsAMailIsTold() throws Exception {
        String id = send("bob@customer.test");
        RelaySink.Taken mail = taken("bob@customer.test");
        String text = read(mail);
        assertThat(text)
                .contains("\r\n\r\nhttps://shop.test/\r\n", "<a href=\"https://shop.test/terms\">Terms</a>")
                .doesNotContain("ses:", "https://shop.test/a");
        verifies(mail);

        String link = found("<a href=\"(" + base + "/c/[^\"]+)\">Shop", text);
        assertThat(ask("HEAD", link).statusCode()).isEqualTo(302);
        HttpResponse<byte[]> sentOn = ask("GET", link);
        assertThat(sentOn.statusCode()).isEqualTo(302);
        assertThat(sentOn.headers().firstValue("Location")).contains("https://shop.test/a?b=1&c=2");
        String picture = found("<img alt=\"\" src=\"(" + base + "/o/[^\"]+)\"[^>]*></body></html>", text);
        HttpResponse<byte[]> opened = ask("GET", picture);
        assertThat(opened.headers().firstValue("Content-Type")).contains("image/gif");
        assertThat(opened.body()).hasSize(42);
        assertThat(ask("HEAD", picture).body()).isEmpty();
        assertThat(ask("GET", link + "x").statusCode()).isEqualTo(404);
        assertThat(ask("GET", link.replace("/c/", "/o/")).statusCode()).isEqualTo(404);

        JsonNode click = event("Click");
        assertThat(click.path("mail").path("messageId").asText()).isEqualTo(id);
        assertThat(click.path("mail").path("tags").path("campaign").path(0).asText())
                .isEqualTo("spring");
        assertThat(click.path("mail").path("commonHeaders").path("subject").asText())
                .isEqualTo("News");
        assertThat(without(click.path("click"), "timestamp"))
                .isEqualTo("{\"ipAddress\":\"127.0.0.1\",\"userAgent\":\"Reader/1.0\","
                        + "\"link\":\"https://shop.test/a?b=1&c=2\",\"linkTags\":{\"pos\":[\"top\"]}}");
        assertThat(without(event("Open").path("open"), "timestamp"))
                .isEqualTo("{\"ipAddress\":\"127.0.0.1\",\"userAgent\":\"Reader/1.0\"}");
        await().untilAsserted(() -> assertThat(
                        new String(ask("GET", base + "/metrics").body(), StandardCharsets.UTF_8))
                .contains(
                        "waypost_tracking_total{kind=\"click\",result=\"told\"} 1.0",
                        "waypost_tracking_total{kind=\"open\",result=\"told\"} 1.0"));
        assertThat(sink.faults).isEmpty();
    }

    private static String without(JsonNode block, String member) {
        assertThat(block.path(member).asText()).endsWith("Z");
        return ((ObjectNode) block).without(member).toString();
    }

    private void verifies(RelaySink.Taken mail) throws Exception {
        byte[] all = mail.content().getBytes(StandardCharsets.ISO_8859_1);
        HeaderBlock header = HeaderBlock.of(all);
        BodyHashes body = BodyHashes.wanted(header);
        int begin = header.bytes().length + 2;
        body.update(all, begin, all.length - begin);
        body.finish();
        try (LocalDns zone = new LocalDns()) {
            zone.txt(
                    "mail._domainkey.shop.test",
                    "v=DKIM1; k=rsa; p="
                            + Base64.getEncoder()
                                    .encodeToString(dkim.getPublic().getEncoded()));
            var results = new DkimVerifier(Clock.systemUTC())
                    .verify(
                            header,
                            body,
                            new CachingDns(new DnsSettings(List.of(zone.address()), Duration.ofSeconds(5))));
            assertThat(results)
                    .hasSize(1)
                    .allSatisfy(result -> assertThat(result.result().name()).isEqualTo("PASS"));
        }
    }

    @Test
    void aMailAndALinkEndASubscription() throws Exception {
        ses.createContactList(r -> r.contactListName("readers")
                .topics(t -> t.topicName("news").displayName("News").defaultSubscriptionStatus("OPT_IN")));
        ses.sendEmail(r -> r.fromEmailAddress("news@shop.test")
                .destination(d -> d.toAddresses("erin@customer.test"))
                .configurationSetName("main")
                .listManagementOptions(l -> l.contactListName("readers").topicName("news"))
                .content(c -> c.simple(s -> s.subject(x -> x.data("News"))
                        .body(b -> b.text(x -> x.data("Stop: {{amazonSESUnsubscribeUrl}}\n"))
                                .html(x -> x.data("<a href=\"{{amazonSESUnsubscribeUrl}}\">Stop</a>"))))));
        String text = read(taken("erin@customer.test"));
        String page = found("Stop: (\\S+)", text);
        assertThat(text)
                .contains("<a href=\"" + page + "\">Stop</a>", "List-Unsubscribe:\r\n <" + page + ">,\r\n <mailto:");
        assertThat(ask("GET", page).statusCode()).isEqualTo(200);

        String address = found("<mailto:([^>]+)>", text);
        receive("", address);
        receive("erin@elsewhere.test", address);
        assertThat(event("Subscription").path("subscription").path("source").asText())
                .isEqualTo("UnsubscribeHeader");
        assertThat(ses.getContact(r -> r.contactListName("readers").emailAddress("erin@customer.test"))
                        .topicPreferences()
                        .getFirst()
                        .subscriptionStatusAsString())
                .isEqualTo("OPT_OUT");
        char last = address.charAt(address.indexOf('@') - 1);
        try (Sender sender = new Sender(setup.smtpPort())) {
            sender.command("MAIL FROM:<erin@customer.test>");
            assertThat(sender.command("RCPT TO:<" + address.replace(last + "@", (last == '0' ? '1' : '0') + "@") + ">"))
                    .startsWith("550 5.1.1");
        }
        InProcess.awaitSettled(setup);
        assertThat(sink.messages.stream()
                        .filter(message -> message.path("eventType").asText().equals("Subscription")))
                .hasSize(1);
    }

    private void receive(String from, String to) throws Exception {
        try (Sender sender = new Sender(setup.smtpPort())) {
            assertThat(sender.send(
                            from,
                            to,
                            "From: erin@customer.test\r\nSubject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
    }

    @Test
    void aSetsOwnDomainIsWhereLinksLead() throws Exception {
        assertThat(AwsServer.refused(
                        BadRequestException.class,
                        () -> ses.putConfigurationSetTrackingOptions(
                                r -> r.configurationSetName("main").customRedirectDomain("links.other.test"))))
                .hasMessageContaining("links.other.test");
        ses.putConfigurationSetTrackingOptions(r -> r.configurationSetName("main")
                .customRedirectDomain("links.shop.test")
                .httpsPolicy("REQUIRE"));
        send("bob@customer.test");
        assertThat(read(taken("bob@customer.test")))
                .contains("<a href=\"https://links.shop.test/c/", "src=\"https://links.shop.test/o/");
    }
}
