package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.Setup;
import io.waypost.smtp.checks.signature.Dkimpy;
import io.waypost.smtp.testing.LocalDns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BehaviorOnMxFailure;
import software.amazon.awssdk.services.sesv2.model.DkimStatus;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainStatus;

/**
 * What an application sends by one server arrives at another, which looks up in DNS what the command line said must be published: there
 * it passes every check.
 */
@Timeout(180)
class WholeLoopTest {

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final Pattern SIGNED = Pattern.compile("DKIM-Signature:[^\n]*d=shop\\.test;\r\n\ts=([^;]+);");

    @TempDir
    Path folder;

    private final Set<String> published = new HashSet<>();
    private LocalDns dns;
    private Setup sending;
    private Setup receiving;
    private Server sender;
    private Server recipient;
    private SesV2Client ses;

    @BeforeEach
    void start() throws Exception {
        dns = new LocalDns();
        dns.negativeTtl = 0;
        dns.add("customer.test", 60, "MX", "10 mx.customer.test.")
                .add("mx.customer.test", 60, "A", "127.0.0.1")
                .add("mx.example.test", 60, "A", "127.0.0.1")
                .txt("_dmarc.shop.test", "v=DMARC1; p=reject; adkim=s");
        int nameServer = dns.address().getPort();
        receiving = new Setup(folder.resolve("receiving"))
                .hostname("mx.customer.test")
                .domains("customer.test")
                .checks(nameServer, "checks: { reverseName: off }\n")
                .rules("""
                        name: main
                        active: true
                        rules: [ { name: keep, actions: [ { s3: { bucket: mail } } ] } ]
                        """)
                .write();
        sending = new Setup(folder.resolve("sending"))
                .checks(nameServer, "checks: { reverseName: off }\n")
                .with("""
                        accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                        ses: { regions: [ us-east-1 ], verify: dns, sandbox: false }
                        outbound: { port: %d, allowPrivate: true }
                        """.formatted(KEY, SECRET, receiving.smtpPort()))
                .rules("name: main\nactive: true\nrules: []\n")
                .write();
        recipient = InProcess.start(receiving);
        sender = InProcess.start(sending);
        ses = AwsServer.client(
                SesV2Client.builder(),
                "http://127.0.0.1:" + sending.httpPort(),
                AwsBasicCredentials.create(KEY, SECRET));
    }

    @AfterEach
    void stop() throws Exception {
        ses.close();
        sender.close();
        recipient.close();
        dns.close();
    }

    private Ran identities(String... words) {
        return Ran.command(Stream.concat(
                        Stream.concat(Stream.of("identities"), Stream.of(words)),
                        Stream.of("--config", sending.config().toString()))
                .toArray(String[]::new));
    }

    private List<String> records() {
        return identities("records", "shop.test").out().lines().toList();
    }

    /** What the operator does: everything that the command says goes into the zone. */
    private void publish() throws IOException {
        for (String line : records()) {
            if (!line.startsWith(";") && published.add(line)) {
                String[] parts = line.split(" ", 4);
                dns.add(parts[0], 60, parts[2], parts[3]);
            }
        }
    }

    private GetEmailIdentityResponse shop() {
        return ses.getEmailIdentity(r -> r.emailIdentity("shop.test"));
    }

    private String token() {
        return shop().dkimAttributes().tokens().getFirst();
    }

    /** Sends a mail, and answers what the other server kept of it. */
    private String arrived(String subject) throws IOException {
        ses.sendEmail(r -> r.fromEmailAddress("Shop <news@shop.test>")
                .destination(d -> d.toAddresses("bob@customer.test"))
                .content(c -> c.simple(s -> s.subject(x -> x.data(subject))
                        .body(b -> b.text(x -> x.data("Grüße\n")).html(x -> x.data("<p>Grüße</p>"))))));
        await().atMost(Duration.ofSeconds(30)).until(() -> kept().containsKey(subject));
        return kept().getOrDefault(subject, "");
    }

    private Map<String, String> kept() throws IOException {
        Map<String, String> kept = new TreeMap<>();
        Path mail = receiving.data().resolve("objects/mail");
        if (Files.exists(mail)) {
            try (Stream<Path> files = Files.list(mail)) {
                for (Path file : files.toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    Matcher subject = Pattern.compile("\r\nSubject: (.*)\r\n").matcher(text);
                    if (subject.find()) {
                        kept.put(subject.group(1), text);
                    }
                }
            }
        }
        return kept;
    }

    private static List<String> signatures(String mail) {
        return Pattern.compile("\nDKIM-Signature: v=1; a=([^;]+);[^\n]*d=shop\\.test;")
                .matcher(mail)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String results(String mail) {
        return mail.lines()
                .dropWhile(line -> !line.startsWith("Authentication-Results: mx.customer.test"))
                .takeWhile(line ->
                        line.startsWith("Authentication-Results") || line.startsWith("\t") || line.startsWith(" "))
                .map(String::strip)
                .reduce("", (all, line) -> all + " " + line);
    }

    private static void assertPasses(String mail, String selector) {
        assertThat(results(mail))
                .contains("spf=pass", "smtp.mailfrom=")
                .containsPattern("smtp\\.mailfrom=\\S*b\\.shop\\.test")
                .containsPattern("dkim=pass[^;]*header\\.d=shop\\.test")
                .containsPattern("dmarc=pass[^;]*header\\.from=shop\\.test");
        Matcher signed = SIGNED.matcher(mail);
        assertThat(signed.find()).as(mail).isTrue();
        assertThat(signed.group(1)).isEqualTo(selector);
    }

    private String dkimpy(String mail, String selector) throws Exception {
        return Dkimpy.verdict(mail.getBytes(StandardCharsets.ISO_8859_1), record(selector));
    }

    private String record(String selector) {
        String line = records().stream()
                .filter(it -> it.startsWith(selector + "._domainkey."))
                .findFirst()
                .orElseThrow();
        return line.split(" ", 4)[3].replaceAll("\" \"", "").replace("\"", "");
    }

    @Test
    void whatIsPublishedAsShownPassesEverywhereBeforeAndAfterARotationAndWithTwoSignatures() throws Exception {
        ses.createEmailIdentity(r -> r.emailIdentity("shop.test"));
        ses.putEmailIdentityMailFromAttributes(r -> r.emailIdentity("shop.test")
                .mailFromDomain("b.shop.test")
                .behaviorOnMxFailure(BehaviorOnMxFailure.REJECT_MESSAGE));
        publish();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    GetEmailIdentityResponse shop = shop();
                    assertThat(shop.verifiedForSendingStatus()).isTrue();
                    assertThat(shop.dkimAttributes().status()).isEqualTo(DkimStatus.SUCCESS);
                    assertThat(shop.mailFromAttributes().mailFromDomainStatus())
                            .isEqualTo(MailFromDomainStatus.SUCCESS);
                });
        String first = token();
        String before = arrived("before");
        assertPasses(before, first);
        assertThat(dkimpy(before, first)).isEqualTo("pass");

        assertThat(identities("rotate", "shop.test").exitCode()).isZero();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> records().stream().anyMatch(line -> line.startsWith("; the next DKIM key, PENDING")));
        assertPasses(arrived("meanwhile"), first);

        publish();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !token().equals(first));
        String second = token();
        String after = arrived("after");
        assertPasses(after, second);
        assertThat(dkimpy(after, second)).isEqualTo("pass");
        assertThat(dkimpy(before, first))
                .as("the old record is still asked for")
                .isEqualTo("pass");
        assertThat(records()).anyMatch(line -> line.startsWith("; DKIM keys that sign no more"));

        assertThat(identities("ed25519", "shop.test", "on").exitCode()).isZero();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> records().stream().anyMatch(line -> line.startsWith("; Ed25519, PENDING")));
        assertThat(signatures(arrived("asked"))).hasSize(1);
        publish();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> records().stream().anyMatch(line -> line.startsWith("; Ed25519, SUCCESS")));
        String both = arrived("both");
        assertPasses(both, second);
        assertThat(signatures(both)).containsExactly("rsa-sha256", "ed25519-sha256");
        assertThat(dkimpy(both, second)).isEqualTo("pass");
        String ed25519 = records().stream()
                .filter(line -> line.contains("k=ed25519"))
                .map(line -> line.substring(0, line.indexOf('.')))
                .findFirst()
                .orElseThrow();
        assertThat(results(both))
                .containsPattern("dkim=pass[^;]*header\\.s=" + second)
                .containsPattern("dkim=pass[^;]*header\\.s=" + ed25519);
        assertThat(Dkimpy.verdict(both.getBytes(StandardCharsets.ISO_8859_1), record(ed25519), 1))
                .isEqualTo("pass");
        assertThat(shop().dkimAttributes().tokens()).doesNotContain(ed25519);
    }
}
