package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.ServerProcess;
import io.waypost.server.support.Setup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

/** A mail of 38 MB through the API of 2019 on a server with half a gigabyte of heap; other operations keep their limit. */
class LargeSendTest {

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final int MEGABYTE = 1024 * 1024;
    private static final String HEAD = "From: news@example.test\nTo: bob@customer.test\nSubject: large\n\n";
    private static final byte[] LINE = ("0123456789abcdef".repeat(4) + "\n").getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    /** With the line ends of Unix, which the server must mend. */
    private static byte[] mail(int size) {
        byte[] mail = new byte[size];
        byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, mail, 0, head.length);
        for (int at = head.length; at < size; at += LINE.length) {
            System.arraycopy(LINE, 0, mail, at, Math.min(LINE.length, size - at));
        }
        return mail;
    }

    @Test
    void aMailOfThirtyEightMegabytesFitsASmallHeap() throws Exception {
        Setup setup = new Setup(folder)
                .rules("name: main\nactive: true\nrules: []\n")
                .with("""
                        accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                        ses: { regions: [ us-east-1 ], sandbox: false }
                        outbound: { relay: "127.0.0.1:9" }
                        """.formatted(KEY, SECRET))
                .write();
        String endpoint = "http://127.0.0.1:" + setup.httpPort();
        try (ServerProcess server = setup.start("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
                SesV2Client ses =
                        AwsServer.client(SesV2Client.builder(), endpoint, AwsBasicCredentials.create(KEY, SECRET))) {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> isReady(endpoint));
            byte[] mail = mail(38 * MEGABYTE);
            for (int i = 0; i < 3; i++) {
                assertThat(send(ses, mail)).matches("0100[0-9a-f]{12}-[0-9a-f-]{36}-000000");
            }
            assertThat(AwsServer.refused(BadRequestException.class, () -> send(ses, mail(41 * MEGABYTE)))
                            .awsErrorDetails()
                            .errorMessage())
                    .startsWith("Message length is more than 41943040 bytes long: ");
            assertThat(refused(endpoint, "/v2/email/outbound-emails", 57 * MEGABYTE))
                    .as("beyond its limit")
                    .isEqualTo(413);
            assertThat(refused(endpoint, "/v2/email/templates", 17 * MEGABYTE))
                    .as("another operation")
                    .isEqualTo(413);
            assertThat(refused(endpoint, "/", 17 * MEGABYTE))
                    .as("the API of 2010")
                    .isEqualTo(413);
            assertThat(server.isAlive()).as(server.output()).isTrue();
            assertThat(server.output()).doesNotContain("OutOfMemory", " ERROR ");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> InProcess.figures(setup).unsettled() >= 3);
        }
    }

    private static boolean isReady(String endpoint) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(endpoint + "/readyz"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        }
    }

    private static String send(SesV2Client ses, byte[] mail) {
        return ses.sendEmail(r -> r.content(c -> c.raw(m -> m.data(SdkBytes.fromByteArrayUnsafe(mail)))))
                .messageId();
    }

    private static int refused(String endpoint, String path, int length) throws Exception {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ' ');
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(endpoint + path))
                                    .expectContinue(true)
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
