package io.waypost.api.sns;

import static io.waypost.api.sns.MemorySns.INBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The links of envelopes, which are followed without a signature. */
class UnsignedLinksTest {

    private MemorySns sns;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        sns = new MemorySns(folder);
    }

    private static String text(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void theLinksOfEnvelopesNeedNoSignature() throws Exception {
        sns.create("inbound");
        String arn = sns.subscribe("http", "http://a.example/", null);
        WireResponse wrong = sns.unsigned("Action=ConfirmSubscription&TopicArn=" + INBOUND + "&Token=%3Cb%3E");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(text(wrong)).contains("<Code>InvalidParameter</Code>").doesNotContain("<b>");

        WireResponse confirmed = sns.unsigned("Action=ConfirmSubscription&TopicArn=" + INBOUND + "&Token="
                + sns.asked.getFirst().token());
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(text(confirmed)).contains("<SubscriptionArn>" + arn + "</SubscriptionArn>");
        assertThat(sns.subscriptionAttributes(arn)).containsEntry("ConfirmationWasAuthenticated", "false");

        assertThat(sns.unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .isEqualTo(200);
        assertThat(sns.unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .as("once more")
                .isEqualTo(200);
        assertThat(sns.unsigned("Action=Unsubscribe&SubscriptionArn=nonsense").status())
                .isEqualTo(400);
    }

    @Test
    void whoLeftByTheLinkGetsNothingIsToldAndMayComeBack() throws Exception {
        sns.create("inbound");
        String arn = sns.subscribe("http", "http://a.example/", null);
        String first = sns.asked.getFirst().token();
        String confirm = "Action=ConfirmSubscription&TopicArn=" + INBOUND + "&Token=";
        assertThat(sns.unsigned(confirm + first).status()).isEqualTo(200);

        for (int i = 0; i < 2; i++) {
            assertThat(sns.unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                    .isEqualTo(200);
            assertThat(sns.told).as("told once").hasSize(1);
            assertThat(sns.told.getFirst().arn()).isEqualTo(arn);
            assertThat(sns.told.getFirst().confirmed()).isFalse();
            assertThat(sns.book.find(INBOUND).orElseThrow().receivers()).isEmpty();
        }
        sns.restart();
        assertThat(sns.book.find(INBOUND).orElseThrow().receivers()).isEmpty();
        assertThat(sns.unsigned(confirm + first).status()).as("the old token").isEqualTo(400);

        assertThat(sns.unsigned(confirm + sns.told.getFirst().token()).status()).isEqualTo(200);
        assertThat(sns.book.find(INBOUND).orElseThrow().receivers()).hasSize(1);

        sns.deaf = true;
        assertThat(sns.unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .as("it has ended all the same")
                .isEqualTo(200);
        assertThat(sns.book.find(INBOUND).orElseThrow().receivers()).isEmpty();
    }

    @Test
    void aSubscriptionMayBeEndedBySignedRequestsOnly() throws Exception {
        sns.create("inbound");
        String arn = sns.subscribe("http", "http://a.example/", null);
        sns.confirm(sns.asked.getFirst().token());
        assertThat(sns.unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .isEqualTo(403);
        assertThat(sns.listed()).hasSize(1);
        sns.ask("Unsubscribe", new SubscriptionOperations.Unsubscribe(arn), Nothing.class);
        assertThat(sns.listed()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "POST, /, Action=Unsubscribe&SubscriptionArn=x",
        "GET, /x, Action=Unsubscribe&SubscriptionArn=x",
        "GET, /, Action=DeleteTopic&TopicArn=x",
        "GET, /, Action=Unsubscribe&Action=DeleteTopic",
        "GET, /, Action=Unsubscribe&SubscriptionArn=%zz",
        "GET, /, Action=Unsubscribe&X-Amz-Signature=x",
        "GET, /, ''"
    })
    void everyOtherRequestNeedsASignature(String method, String path, String query) {
        assertThat(UnsignedLinks.isOne(new WireRequest(method, path, query, Map.of(), new byte[0])))
                .isFalse();
    }
}
