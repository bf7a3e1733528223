package io.waypost.server;

import static io.waypost.server.AwsServer.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.server.support.S3Server;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import io.waypost.server.support.SnsSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.AlreadyExistsException;
import software.amazon.awssdk.services.ses.model.CannotDeleteException;
import software.amazon.awssdk.services.ses.model.InvocationType;
import software.amazon.awssdk.services.ses.model.ReceiptAction;
import software.amazon.awssdk.services.ses.model.ReceiptRule;
import software.amazon.awssdk.services.ses.model.RuleSetDoesNotExistException;
import software.amazon.awssdk.services.ses.model.SNSActionEncoding;
import software.amazon.awssdk.services.ses.model.StopScope;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Applications written for Amazon SES, with nothing changed but the endpoint: each real client sets up receiving, gets a real mail as an
 * object, a signed notification and a function's event, and takes everything down again.
 */
class AwsClientsTest {

    private static final String REGION = "us-east-1";

    @TempDir
    Path folder;

    private Setup setup;
    private S3Server s3;
    private SnsSink sink;
    private Server server;

    @BeforeEach
    void begin() throws Exception {
        s3 = new S3Server(folder.resolve("s3"), "mail");
        sink = new SnsSink();
        setup = new Setup(folder)
                .s3(s3.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                .domains("")
                .with("""
                        accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                        ses: { regions: [ %s ], verify: atOnce }
                        subscribers: { allowPrivate: [ 127.0.0.0/8 ] }
                        functions: { route-mail: { url: "%s/function", allowPrivate: true } }
                        """.formatted(RealClients.KEY, RealClients.SECRET, REGION, sink.url()))
                .rules("name: spare\nrules: []\n")
                .write();
        Files.delete(folder.resolve("rules").resolve("main.yaml"));
        server = InProcess.start(setup);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        sink.close();
        s3.close();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + setup.httpPort();
    }

    @Test
    void theAwsCommand() throws Exception {
        RealClients.shell("receiving.sh", "begin", endpoint(), sink.url(), REGION);
        aMailArrives("cli", "cli/");
        RealClients.shell("receiving.sh", "end", endpoint(), sink.url(), REGION);
    }

    @Test
    void boto3() throws Exception {
        RealClients.python("receiving.py", "begin", endpoint(), sink.url(), REGION);
        aMailArrives("python", "python/");
        RealClients.python("receiving.py", "end", endpoint(), sink.url(), REGION);
    }

    @Test
    void theSdkForJavaScript() throws Exception {
        try (SnsClient sns = client(SnsClient.builder())) {
            String topic = sns.createTopic(named -> named.name("node")).topicArn();
            sns.subscribe(to -> to.topicArn(topic).protocol("http").endpoint(sink.url() + "/sns"));
            RealClients.node("receiving.mjs", "begin", endpoint(), topic, REGION);
            aMailArrives("node", "node/");
            RealClients.node("receiving.mjs", "end", endpoint(), topic, REGION);
        }
    }

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return AwsServer.client(builder, endpoint(), AwsBasicCredentials.create(RealClients.KEY, RealClients.SECRET));
    }

    @Test
    void theSdkForJava() throws Exception {
        try (SesClient ses = client(SesClient.builder());
                SesV2Client sesv2 = client(SesV2Client.builder());
                SnsClient sns = client(SnsClient.builder())) {
            assertThat(sesv2.createEmailIdentity(identity -> identity.emailIdentity("java.example"))
                            .verifiedForSendingStatus())
                    .isTrue();
            String topic = sns.createTopic(named -> named.name("java")).topicArn();
            sns.subscribe(to -> to.topicArn(topic).protocol("http").endpoint(sink.url() + "/sns"));
            ses.createReceiptRuleSet(set -> set.ruleSetName("java"));
            assertThat(refused(
                                    AlreadyExistsException.class,
                                    () -> ses.createReceiptRuleSet(set -> set.ruleSetName("java")))
                            .name())
                    .isEqualTo("java");
            refused(
                    RuleSetDoesNotExistException.class,
                    () -> ses.describeReceiptRuleSet(set -> set.ruleSetName("none")));
            ses.createReceiptRule(create -> create.ruleSetName("java")
                    .rule(ReceiptRule.builder()
                            .name("store")
                            .enabled(true)
                            .recipients("java.example")
                            .actions(
                                    ReceiptAction.builder()
                                            .addHeaderAction(header -> header.headerName("X-Client")
                                                    .headerValue("java"))
                                            .build(),
                                    ReceiptAction.builder()
                                            .s3Action(s3Action -> s3Action.bucketName("mail")
                                                    .objectKeyPrefix("java")
                                                    .topicArn(topic))
                                            .build(),
                                    ReceiptAction.builder()
                                            .lambdaAction(lambda -> lambda.functionArn(
                                                            "arn:aws:lambda:us-east-1:123456789012:function:route-mail")
                                                    .invocationType(InvocationType.REQUEST_RESPONSE))
                                            .build(),
                                    ReceiptAction.builder()
                                            .snsAction(notify ->
                                                    notify.topicArn(topic).encoding(SNSActionEncoding.BASE64))
                                            .build())
                            .build()));
            ses.createReceiptRule(create -> create.ruleSetName("java")
                    .after("store")
                    .rule(ReceiptRule.builder()
                            .name("last")
                            .enabled(true)
                            .actions(ReceiptAction.builder()
                                    .stopAction(stop -> stop.scope(StopScope.RULE_SET))
                                    .build())
                            .build()));
            ses.setActiveReceiptRuleSet(set -> set.ruleSetName("java"));
            assertThat(ses.describeActiveReceiptRuleSet().metadata().name()).isEqualTo("java");

            aMailArrives("java", "java/");

            ses.reorderReceiptRuleSet(set -> set.ruleSetName("java").ruleNames("last", "store"));
            assertThat(ses.describeReceiptRuleSet(set -> set.ruleSetName("java"))
                            .rules())
                    .extracting(ReceiptRule::name)
                    .containsExactly("last", "store");
            ses.cloneReceiptRuleSet(set -> set.ruleSetName("copy").originalRuleSetName("java"));
            refused(CannotDeleteException.class, () -> ses.deleteReceiptRuleSet(set -> set.ruleSetName("java")));
            ses.setActiveReceiptRuleSet();
            ses.deleteReceiptRuleSet(set -> set.ruleSetName("java"));
            ses.deleteReceiptRuleSet(set -> set.ruleSetName("copy"));
            assertThat(ses.listReceiptRuleSets().ruleSets()).isEmpty();
        }
    }

    /** A mail through SMTP: its object, its two notifications and its event have the same id and what SES says of it. */
    private void aMailArrives(String client, String prefix) throws Exception {
        // A topic tells nobody who has not confirmed; the notice of the set-up shows that he has.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(sink.faults).isEmpty());
        String recipient = "help@" + client + ".example";
        String text = "From: Alice <alice@sender.example>\r\nTo: " + recipient + "\r\nSubject: From " + client
                + "\r\nMessage-ID: <1@sender.example>\r\n\r\nHello\r\n";
        String id;
        try (Sender sender = new Sender(setup.smtpPort())) {
            id = Sender.idOf(sender.send("alice@sender.example", recipient, text.getBytes(StandardCharsets.US_ASCII)));
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(sink.faults).isEmpty();
            assertThat(new String(s3.object("mail", prefix + id), StandardCharsets.UTF_8))
                    .contains("X-Client: " + client)
                    .endsWith(text);
            assertThat(messages(id)).hasSize(2);
            assertThat(events(id)).hasSize(1);
        });
        JsonNode stored = messages(id).stream()
                .filter(message -> message.at("/receipt/action/type").asText().equals("S3"))
                .findFirst()
                .orElseThrow();
        assertThat(stored.at("/receipt/action/objectKey").asText()).isEqualTo(prefix + id);
        assertThat(stored.at("/receipt/recipients").toString()).isEqualTo("[\"" + recipient + "\"]");
        JsonNode told = messages(id).stream()
                .filter(message -> message.at("/receipt/action/type").asText().equals("SNS"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(Base64.getDecoder().decode(told.path("content").asText()), StandardCharsets.UTF_8))
                .endsWith(text);
        assertThat(told.at("/mail/commonHeaders/subject").asText()).isEqualTo("From " + client);
        JsonNode event = events(id).getFirst();
        assertThat(event.at("/Records/0/ses/receipt/action/functionArn").asText())
                .isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:route-mail");
        assertThat(s3.object("mail", prefix + "AMAZON_SES_SETUP_NOTIFICATION")).isNotEmpty();
    }

    private List<JsonNode> messages(String id) {
        return sink.messages.stream()
                .filter(message -> message.at("/mail/messageId").asText().equals(id))
                .toList();
    }

    private List<JsonNode> events(String id) {
        return sink.events.stream()
                .filter(event ->
                        event.at("/Records/0/ses/mail/messageId").asText().equals(id))
                .toList();
    }
}
