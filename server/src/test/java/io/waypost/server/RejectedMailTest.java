package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.server.support.EventTopic;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Setup;
import io.waypost.server.support.SnsSink;
import io.waypost.smtp.testing.RealClamd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sns.SnsClient;

/** What is accepted and then not sent for what is in it, on the whole server. */
@Timeout(180)
class RejectedMailTest {

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    @TempDir
    Path folder;

    private RelaySink relay;
    private SnsSink sink;
    private Setup setup;
    private Server server;
    private SesV2Client ses;
    private SesClient old;
    private SnsClient sns;

    @BeforeEach
    void set() throws Exception {
        relay = new RelaySink();
        sink = new SnsSink();
        setup = new Setup(folder).rules("name: main\nactive: true\nrules: []\n").with("""
                accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                ses: { regions: [ us-east-1 ], verify: atOnce, sandbox: false }
                subscribers: { allowPrivate: [ 127.0.0.0/8 ] }
                outbound: { relay: "127.0.0.1:%d" }
                """.formatted(
                        KEY, SECRET, relay.port()));
    }

    private void start() throws Exception {
        server = InProcess.start(setup.write());
        String endpoint = "http://127.0.0.1:" + setup.httpPort();
        AwsBasicCredentials key = AwsBasicCredentials.create(KEY, SECRET);
        ses = AwsServer.client(SesV2Client.builder(), endpoint, key);
        old = AwsServer.client(SesClient.builder(), endpoint, key);
        sns = AwsServer.client(SnsClient.builder(), endpoint, key);
        ses.createEmailIdentity(r -> r.emailIdentity("shop.test"));
        EventTopic.follow(ses, sns, sink, EventType.SEND, EventType.DELIVERY, EventType.REJECT);
    }

    @AfterEach
    void stop() throws Exception {
        ses.close();
        old.close();
        sns.close();
        server.close();
        sink.close();
        relay.close();
    }

    private String send(String body, String... to) {
        String mail = """
                From: news@shop.test
                To: %s
                Subject: Your invoice
                MIME-Version: 1.0
                %s""".formatted(String.join(", ", to), body).replace("\n", "\r\n");
        return ses.sendEmail(r -> r.fromEmailAddress("news@shop.test")
                        .destination(d -> d.toAddresses(to))
                        .configurationSetName("main")
                        .content(c -> c.raw(raw -> raw.data(SdkBytes.fromString(mail, StandardCharsets.US_ASCII)))))
                .messageId();
    }

    private static String attached(String file) {
        return """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                Please find it attached.
                --b
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="invoice.com"
                Content-Transfer-Encoding: base64

                %s
                --b--
                """.formatted(Base64.getMimeEncoder(76, new byte[] {'\n'})
                .encodeToString(file.getBytes(StandardCharsets.US_ASCII)));
    }

    private List<JsonNode> told(String id, String type) {
        return sink.messages.stream()
                .filter(event -> event.path("eventType").asText().equals(type))
                .filter(event -> event.path("mail").path("messageId").asText().equals(id))
                .toList();
    }

    private void awaitTold(String id, String type) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !told(id, type).isEmpty());
    }

    @Test
    void anAttachedTestFileIsRejectedForAllRecipientsAndToldOnce() throws Exception {
        start();
        String id = send(attached(RealClamd.EICAR), "bob@customer.test", "success@simulator.amazonses.com");

        awaitTold(id, "Reject");
        awaitTold(id, "Send");
        assertThat(told(id, "Reject").getFirst().path("reject").path("reason").asText())
                .isEqualTo("Bad content");
        String clean = send("\nDo not send " + RealClamd.EICAR + "\n", "carol@customer.test");
        awaitTold(clean, "Delivery");
        InProcess.awaitSettled(setup);
        assertThat(told(id, "Reject")).hasSize(1);
        assertThat(told(id, "Delivery")).isEmpty();
        assertThat(relay.taken()).extracting(mail -> mail.to().getFirst()).allSatisfy(to -> assertThat(to)
                .startsWith("<carol@customer.test>"));
        assertThat(Ran.trace(setup, id))
                .contains("virus    FAIL (Eicar-Test-File)", "not sent, Bad content: Eicar-Test-File", "settled");
        assertThat(old.getSendStatistics().sendDataPoints().stream()
                        .mapToLong(point -> point.rejects())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void mailWaitsForTheScannerThatTheOperatorWants() throws Exception {
        RealClamd clamd = new RealClamd();
        setup.checks(
                9,
                "checks: { spf: off, dkim: off, dmarc: off, arc: off, reverseName: off,"
                        + " virus: { clamd: \"127.0.0.1:%d\", timeout: 5s, sentMail: on } }%n".formatted(clamd.port));
        start();
        String clean = send("\nHello\n", "bob@customer.test");
        String infected = send("\n" + RealClamd.EICAR + "\n", "carol@customer.test");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Ran.trace(setup, clean).contains("it cannot be looked at: clamd:"));
        assertThat(relay.taken()).isEmpty();

        try (clamd) {
            clamd.start();
            awaitTold(clean, "Delivery");
            awaitTold(infected, "Reject");
            InProcess.awaitSettled(setup);
            assertThat(told(infected, "Delivery")).isEmpty();
            assertThat(Ran.trace(setup, infected)).contains("not sent, Bad content: Eicar-Test-Signature");
        }
    }
}
