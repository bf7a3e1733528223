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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

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
                        """.formatted(KEY, SECRET, REGION, sink.url()))
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
        List<String> script = List.of("bash", script("receiving.sh"));
        run(script, "begin", endpoint(), sink.url(), REGION);
        aMailArrives("cli", "cli/");
        run(script, "end", endpoint(), sink.url(), REGION);
    }

    @Test
    void boto3() throws Exception {
        List<String> script = List.of("/usr/bin/python3", script("receiving.py"));
        run(script, "begin", endpoint(), sink.url(), REGION);
        aMailArrives("python", "python/");
        run(script, "end", endpoint(), sink.url(), REGION);
    }

    @Test
    void theSdkForJavaScript() throws Exception {
        try (SnsClient sns = client(SnsClient.builder())) {
            String topic = sns.createTopic(named -> named.name("node")).topicArn();
            sns.subscribe(to -> to.topicArn(topic).protocol("http").endpoint(sink.url() + "/sns"));
            Path packages = packages();
            List<String> script =
                    List.of("node", packages.resolve("receiving.mjs").toString());
            Files.copy(
                    Path.of(script("receiving.mjs")),
                    packages.resolve("receiving.mjs"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            run(script, "begin", endpoint(), topic, REGION);
            aMailArrives("node", "node/");
            run(script, "end", endpoint(), topic, REGION);
        }
    }

    /** The packages of npm, once for all runs. */
    private static Path packages() throws Exception {
        Path home = Files.createDirectories(Path.of("target/npm").toAbsolutePath());
        if (!Files.exists(home.resolve("node_modules/@aws-sdk/client-sesv2/package.json"))) {
            Files.writeString(home.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "@aws-sdk/client-ses@3.1169.0",
                            "@aws-sdk/client-sesv2@3.1169.0")
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(npm.waitFor()).as(said).isZero();
        }
        return home;
    }

    private static String script(String name) {
        return Path.of("src/test/resources/clients", name).toAbsolutePath().toString();
    }

    private void run(List<String> command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.put("AWS_ACCESS_KEY_ID", KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", SECRET);
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_PAGER", "");
        environment.put("AWS", "/usr/bin/aws");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return AwsServer.client(builder, endpoint(), AwsBasicCredentials.create(KEY, SECRET));
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
