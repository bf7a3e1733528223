package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Setup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** An account asks the owner of an address in its own words, and he is sent to the account's own page, on the whole server. */
class CustomVerificationLineTest {

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final Pattern LINK =
            Pattern.compile("http://127\\.0\\.0\\.1:\\d+/verify\\?(token=[A-Za-z0-9_-]{43})");

    @TempDir
    Path folder;

    @Test
    void theOwnerFollowsTheLink() throws Exception {
        try (RelaySink relay = new RelaySink();
                HttpClient http = HttpClient.newHttpClient()) {
            Setup setup = new Setup(folder)
                    .domains("shop.test")
                    .rules("name: main\nactive: true\nrules: []\n")
                    .with("""
                            accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                            ses: { regions: [ us-east-1 ], sandbox: false }
                            outbound: { relay: "127.0.0.1:%d" }
                            """.formatted(KEY, SECRET, relay.port()))
                    .write();
            String endpoint = "http://127.0.0.1:" + setup.httpPort();
            AwsBasicCredentials key = AwsBasicCredentials.create(KEY, SECRET);
            try (Server server = InProcess.start(setup);
                    SesClient ses = AwsServer.client(SesClient.builder(), endpoint, key);
                    SesV2Client sesv2 = AwsServer.client(SesV2Client.builder(), endpoint, key)) {
                ses.createCustomVerificationEmailTemplate(r -> r.templateName("welcome")
                        .fromEmailAddress("Shop <hello@shop.test>")
                        .templateSubject("One last step")
                        .templateContent("<html><body><h1>Welcome to the shop</h1></body></html>")
                        .successRedirectionURL("https://shop.test/welcome")
                        .failureRedirectionURL("https://shop.test/sorry"));
                String id = ses.sendCustomVerificationEmail(
                                r -> r.emailAddress("ann@customer.test").templateName("welcome"))
                        .messageId();
                assertThat(id).matches("0100[0-9a-f]{12}-[0-9a-f-]{36}-000000");

                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !relay.taken().isEmpty());
                RelaySink.Taken mail = relay.taken().getFirst();
                assertThat(mail.to().getFirst()).startsWith("<ann@customer.test>");
                assertThat(mail.content())
                        .contains("From: Shop <hello@shop.test>", "Subject: One last step", "Welcome to the shop", id);
                assertThat(sesv2.getEmailIdentity(r -> r.emailIdentity("ann@customer.test"))
                                .verifiedForSendingStatus())
                        .isFalse();

                // Quoted-printable breaks the line, and writes an equals sign in three characters.
                Matcher link = LINK.matcher(mail.content().replace("=\r\n", "").replace("=3D", "="));
                assertThat(link.find()).isTrue();
                assertThat(http.send(
                                        HttpRequest.newBuilder(URI.create(link.group()))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body())
                        .contains("<form method=\"post\"", "ann@customer.test");
                HttpResponse<Void> confirmed = http.send(
                        HttpRequest.newBuilder(URI.create(endpoint + "/verify"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(link.group(1)))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                assertThat(confirmed.statusCode()).isEqualTo(303);
                assertThat(confirmed.headers().firstValue("Location")).contains("https://shop.test/welcome");
                assertThat(sesv2.getEmailIdentity(r -> r.emailIdentity("ann@customer.test"))
                                .verifiedForSendingStatus())
                        .isTrue();
            }
        }
    }
}
