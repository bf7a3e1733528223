package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.Setup;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody tries keys: he hears of throttling, everybody else works on. */
class KeyGuessingTest {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void anAddressThatTriesKeysIsRefusedUnseen() throws Exception {
        Setup setup = new Setup(folder).httpLimits("{ failedSignatures: 3 }");
        try (AwsServer aws = AwsServer.start(setup);
                HttpClient stranger = HttpClient.newBuilder()
                        .localAddress(InetAddress.getByName("127.0.0.2"))
                        .build()) {
            String url = "http://127.0.0.1:" + setup.httpPort();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = stranger.send(
                        signedByNobody(url + "/")
                                .POST(BodyPublishers.ofString("Action=ListIdentities&Version=2010-12-01"))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(answer.body()).contains("<Code>InvalidClientTokenId</Code>");
            }

            HttpResponse<String> query = stranger.send(
                    signedByNobody(url + "/")
                            .POST(BodyPublishers.ofString("Action=ListIdentities&Version=2010-12-01"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(query.statusCode()).isEqualTo(400);
            assertThat(query.body()).contains("<Code>Throttling</Code>", "<Message>Rate exceeded</Message>");
            HttpResponse<String> rest = stranger.send(
                    signedByNobody(url + "/v2/email/identities").GET().build(), BodyHandlers.ofString());
            assertThat(rest.statusCode()).isEqualTo(429);
            assertThat(rest.headers().firstValue("x-amzn-errortype")).hasValue("TooManyRequestsException");
            HttpResponse<String> metrics = stranger.send(
                    HttpRequest.newBuilder(URI.create(url + "/metrics")).build(), BodyHandlers.ofString());
            assertThat(metrics.body()).contains("waypost_http_refused_total{reason=\"failed_signatures\"} 2.0");

            assertThat(aws.ses().listIdentities().identities()).contains("example.test");
        }
    }

    private static HttpRequest.Builder signedByNobody(String url) {
        String time = TIME.format(Instant.now());
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Amz-Date", time)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIANOBODYNOBODY0001/%s/us-east-1/ses/aws4_request, SignedHeaders=host;x-amz-date, Signature=%s"
                                .formatted(time.substring(0, 8), "0".repeat(64)));
    }
}
