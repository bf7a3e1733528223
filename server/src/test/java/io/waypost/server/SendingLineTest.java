package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.api.aws.sign.SmtpPassword;
import io.waypost.config.Secret;
import io.waypost.server.support.EventTopic;
import io.waypost.server.support.Ports;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import io.waypost.server.support.SnsSink;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sns.SnsClient;

/** What applications send, from the door to the next server, and what they hear of it, on the whole server. */
class SendingLineTest {

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    @TempDir
    Path folder;

    private final int submission = Ports.free();
    private RelaySink relay;
    private SnsSink sink;
    private Setup setup;
    private Server server;
    private SesV2Client ses;
    private SnsClient sns;

    @BeforeEach
    void start() throws Exception {
        relay = new RelaySink();
        sink = new SnsSink();
        setup = new Setup(folder)
                .rules("name: main\nactive: true\nrules: []\n")
                .with("""
                        accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                        ses: { regions: [ us-east-1 ], verify: atOnce, sandbox: false }
                        subscribers: { allowPrivate: [ 127.0.0.0/8 ] }
                        submission: { listeners: [ { address: "127.0.0.1:%d", tls: implicit } ] }
                        outbound: { routes: { customer.test: "127.0.0.1:%d", shop.test: "127.0.0.1:%d" } }
                        """.formatted(KEY, SECRET, submission, relay.port(), relay.port()))
                .write();
        server = InProcess.start(setup);
        String endpoint = "http://127.0.0.1:" + setup.httpPort();
        AwsBasicCredentials key = AwsBasicCredentials.create(KEY, SECRET);
        ses = AwsServer.client(SesV2Client.builder(), endpoint, key);
        sns = AwsServer.client(SnsClient.builder(), endpoint, key);
        ses.createEmailIdentity(r -> r.emailIdentity("shop.test"));
        EventTopic.follow(
                ses,
                sns,
                sink,
                EventType.SEND,
                EventType.DELIVERY,
                EventType.BOUNCE,
                EventType.COMPLAINT,
                EventType.DELIVERY_DELAY);
    }

    @AfterEach
    void stop() throws Exception {
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
                        .content(c -> c.simple(s -> s.subject(x -> x.data("Grüße"))
                                .body(b -> b.text(x -> x.data("Hello\n")).html(x -> x.data("<p>Hello</p>"))))))
                .messageId();
    }

    private JsonNode event(String type, Predicate<JsonNode> which) {
        await().atMost(Duration.ofSeconds(30)).until(() -> find(type, which).isPresent());
        return find(type, which).orElseThrow();
    }

    private Optional<JsonNode> find(String type, Predicate<JsonNode> which) {
        return sink.messages.stream()
                .filter(message -> message.path("eventType").asText().equals(type))
                .filter(which)
                .findFirst();
    }

    private static Predicate<JsonNode> of(String id) {
        return message -> message.path("mail").path("messageId").asText().equals(id);
    }

    private RelaySink.Taken taken(String to) {
        Predicate<RelaySink.Taken> his = mail -> mail.to().getFirst().startsWith("<" + to + ">");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> relay.taken().stream().anyMatch(his));
        return relay.taken().stream().filter(his).findFirst().orElseThrow();
    }

    private static String returnPath(RelaySink.Taken mail) {
        return mail.from().substring(1, mail.from().indexOf('>'));
    }

    @Test
    void anApplicationsMailIsSignedDeliveredAndTold() throws Exception {
        String id = send("bob@customer.test");

        RelaySink.Taken mail = taken("bob@customer.test");
        assertThat(mail.from()).matches("<b-[0-9a-v]{40}-0-[0-9a-v]{16}@mx\\.example\\.test>.*");
        assertThat(mail.content())
                .startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.test;")
                .contains("\r\nMessage-ID: <" + id + "@mx.example.test>\r\n")
                .contains("Subject: =?")
                .doesNotContain("X-SES-");
        JsonNode sent = event("Send", of(id));
        assertThat(sent.path("mail").path("tags").path("campaign").path(0).asText())
                .isEqualTo("spring");
        assertThat(sent.path("mail").path("commonHeaders").path("to").path(0).asText())
                .isEqualTo("bob@customer.test");
        JsonNode delivered = event("Delivery", of(id));
        assertThat(delivered.path("delivery").path("smtpResponse").asText()).isEqualTo("250 2.0.0 Taken");
        assertThat(delivered.path("delivery").path("remoteMtaIp").asText()).isEqualTo("127.0.0.1");
        assertThat(Ran.trace(setup, id)).contains("deliver-1", "250 2.0.0 Taken", "settled");
        assertThat(sink.faults).isEmpty();
    }

    @Test
    void whoeverBouncedForGoodGetsNoMoreMail() throws Exception {
        String first = send("nobody@customer.test");
        JsonNode bounce = event("Bounce", of(first)).path("bounce");
        assertThat(bounce.path("bounceType").asText()).isEqualTo("Permanent");
        assertThat(bounce.path("bounceSubType").asText()).isEqualTo("General");
        assertThat(bounce.path("bouncedRecipients")
                        .path(0)
                        .path("diagnosticCode")
                        .asText())
                .isEqualTo("smtp; 550 5.1.1 Nobody of that name here");
        assertThat(ses.getSuppressedDestination(r -> r.emailAddress("nobody@customer.test"))
                        .suppressedDestination()
                        .reasonAsString())
                .isEqualTo("BOUNCE");

        String second = send("nobody@customer.test");
        assertThat(event("Bounce", of(second))
                        .path("bounce")
                        .path("bounceSubType")
                        .asText())
                .isEqualTo("OnAccountSuppressionList");
        InProcess.awaitSettled(setup);
        assertThat(relay.taken())
                .as("only what its sender is told by mail")
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail.to().getFirst()).startsWith("<news@shop.test>"));
    }

    @Test
    void aNoticeToTheReturnPathIsABounceOfThatRecipientAlone() throws Exception {
        String id = send("bob@customer.test");
        String path = returnPath(taken("bob@customer.test"));
        receive("", path, """
                From: MAILER-DAEMON@customer.test
                To: %s
                Subject: Undelivered
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: text/plain

                Sorry.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.customer.test

                Final-Recipient: rfc822; victim@elsewhere.test
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 mailbox full
                --b--
                """.formatted(path));
        JsonNode bounce = event("Bounce", of(id)).path("bounce");
        assertThat(bounce.path("bounceType").asText()).isEqualTo("Transient");
        assertThat(bounce.path("bounceSubType").asText()).isEqualTo("MailboxFull");
        assertThat(bounce.path("bouncedRecipients").path(0).path("emailAddress").asText())
                .as("whom the path names, not whom a stranger names")
                .isEqualTo("bob@customer.test");
        assertThat(bounce.path("reportingMTA").asText()).isEqualTo("dns; mail.customer.test");
    }

    @Test
    void aComplaintToTheReturnPathSuppressesItsRecipient() throws Exception {
        String id = send("carol@customer.test");
        String path = returnPath(taken("carol@customer.test"));
        receive("fbl@customer.test", path, """
                From: fbl@customer.test
                To: %s
                Subject: complaint
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: text/plain

                A complaint.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: FBL/1.0
                Version: 1
                --b
                Content-Type: message/rfc822

                From: news@shop.test
                Subject: x

                y
                --b--
                """.formatted(path));
        JsonNode complaint = event("Complaint", of(id)).path("complaint");
        assertThat(complaint.path("complaintFeedbackType").asText()).isEqualTo("abuse");
        assertThat(complaint
                        .path("complainedRecipients")
                        .path(0)
                        .path("emailAddress")
                        .asText())
                .isEqualTo("carol@customer.test");
        assertThat(ses.getSuppressedDestination(r -> r.emailAddress("carol@customer.test"))
                        .suppressedDestination()
                        .reasonAsString())
                .isEqualTo("COMPLAINT");
    }

    @Test
    void aReturnPathThatWasNotMadeHereIsUnknown() throws Exception {
        send("bob@customer.test");
        String path = returnPath(taken("bob@customer.test"));
        char last = path.charAt(path.indexOf('@') - 1);
        String forged = path.replace(last + "@", (last == '0' ? '1' : '0') + "@");
        try (Sender sender = new Sender(setup.smtpPort())) {
            sender.command("MAIL FROM:<>");
            assertThat(sender.command("RCPT TO:<" + forged + ">")).startsWith("550 5.1.1");
            assertThat(sender.command("RCPT TO:<" + path + ">")).startsWith("250");
        }
    }

    @Test
    void theSimulatorAnswersWithoutANetwork() throws Exception {
        String success = send("success@simulator.amazonses.com");
        String bounce = send("bounce+x@simulator.amazonses.com");
        String complaint = send("complaint@simulator.amazonses.com");
        String away = send("ooto@simulator.amazonses.com");
        assertThat(event("Delivery", of(success))
                        .path("delivery")
                        .path("smtpResponse")
                        .asText())
                .isEqualTo("250 2.6.0 Message received");
        assertThat(event("Bounce", of(bounce)).path("bounce").path("bounceType").asText())
                .isEqualTo("Permanent");
        assertThat(event("Complaint", of(complaint))
                        .path("complaint")
                        .path("userAgent")
                        .asText())
                .isEqualTo("Amazon SES Mailbox Simulator");
        assertThat(event("Bounce", of(away)).path("bounce").path("bounceType").asText())
                .isEqualTo("Transient");
        assertThat(ses.listSuppressedDestinations(r -> r.pageSize(10)).suppressedDestinationSummaries())
                .isEmpty();
        assertThat(relay.taken())
                .allSatisfy(mail -> assertThat(mail.to().getFirst()).startsWith("<news@shop.test>"));
    }

    @Test
    void oneClickEndsASubscription() throws Exception {
        ses.createContactList(r -> r.contactListName("readers")
                .topics(t -> t.topicName("news").displayName("News").defaultSubscriptionStatus("OPT_IN")));
        sendToList("erin@customer.test");
        String content = taken("erin@customer.test").content();
        assertThat(content).contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        Matcher link = Pattern.compile("List-Unsubscribe:\\s+<([^>]+)>").matcher(content);
        assertThat(link.find()).isTrue();
        assertThat(answer(link.group(1), "GET")).as("looking changes nothing").isEqualTo(200);
        assertThat(answer(link.group(1) + "x", "POST")).as("a changed link").isEqualTo(404);
        assertThat(ses.getContact(r -> r.contactListName("readers").emailAddress("erin@customer.test"))
                        .topicPreferences())
                .isEmpty();

        assertThat(answer(link.group(1), "POST")).isEqualTo(200);
        assertThat(ses.getContact(r -> r.contactListName("readers").emailAddress("erin@customer.test"))
                        .topicPreferences()
                        .getFirst()
                        .subscriptionStatusAsString())
                .isEqualTo("OPT_OUT");
        String second = sendToList("erin@customer.test");
        assertThat(event("Bounce", of(second)).path("bounce").path("bounceType").asText())
                .isEqualTo("Permanent");
        assertThat(relay.taken().stream().filter(mail -> mail.to().getFirst().contains("erin")))
                .hasSize(1);
    }

    private String sendToList(String to) {
        return ses.sendEmail(r -> r.fromEmailAddress("news@shop.test")
                        .destination(d -> d.toAddresses(to))
                        .configurationSetName("main")
                        .listManagementOptions(l -> l.contactListName("readers").topicName("news"))
                        .content(c ->
                                c.simple(s -> s.subject(x -> x.data("News")).body(b -> b.text(x -> x.data("Hello"))))))
                .messageId();
    }

    private static int answer(String url, String method) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .method(
                                            method,
                                            HttpRequest.BodyPublishers.ofString(
                                                    method.equals("POST") ? "List-Unsubscribe=One-Click" : ""))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void smtpSubmissionSendsTheSameWay() throws Exception {
        String reply = submit("shop@shop.test", "dave@customer.test", "X-SES-CONFIGURATION-SET", "main");
        assertThat(reply).matches("250 Ok 0100[0-9a-f]{12}-[0-9a-f-]{36}-000000\\s*");
        String id = reply.substring("250 Ok ".length()).strip();
        RelaySink.Taken mail = taken("dave@customer.test");
        assertThat(mail.content()).contains("<" + id + "@mx.example.test>").doesNotContain("X-SES-");
        event("Delivery", of(id));
    }

    @Test
    void anUnverifiedSenderIsRefusedAtEveryDoor() {
        assertThat(AwsServer.refused(
                                MessageRejectedException.class,
                                () -> ses.sendEmail(r -> r.fromEmailAddress("x@other.test")
                                        .destination(d -> d.toAddresses("bob@customer.test"))
                                        .content(c -> c.simple(
                                                s -> s.subject(x -> x.data("s")).body(b -> b.text(x -> x.data("t")))))))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Email address is not verified. The following identities failed the check in region"
                        + " US-EAST-1: x@other.test");
        assertThat(AwsServer.refused(
                        jakarta.mail.MessagingException.class, () -> submit("x@other.test", "bob@customer.test")))
                .hasMessageContaining("554 Message rejected: Email address is not verified.");
    }

    private String submit(String from, String to, String... field) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtps.ssl.trust", "*");
        properties.setProperty("mail.smtps.ssl.checkserveridentity", "false");
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("by SMTP");
        message.setText("Hello");
        if (field.length == 2) {
            message.setHeader(field[0], field[1]);
        }
        try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtps")) {
            transport.connect(
                    "127.0.0.1",
                    submission,
                    KEY,
                    SmtpPassword.of(new Secret(SECRET), "us-east-1").reveal());
            transport.sendMessage(message, message.getAllRecipients());
            return transport.getLastServerResponse();
        }
    }

    private void receive(String from, String to, String mail) throws IOException {
        try (Sender sender = new Sender(setup.smtpPort())) {
            assertThat(sender.send(from, to, mail.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
    }
}
