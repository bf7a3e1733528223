package io.waypost.api.sns;

import static io.waypost.api.sns.MemorySns.INBOUND;
import static io.waypost.api.sns.MemorySns.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.sns.SubscriptionOperations.Subscribe;
import io.waypost.api.sns.SubscriptionOperations.Subscribed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions by the operations of SNS, and after a restart. */
class SubscriptionOperationsTest {

    private MemorySns sns;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        sns = new MemorySns(folder);
    }

    @Test
    void nothingIsDeliveredBeforeTheTokenCameBack() throws Exception {
        sns.create("inbound");
        assertThat(sns.ask(
                                "Subscribe",
                                new Subscribe(INBOUND, "http", "http://a.example/", null, null),
                                Subscribed.class)
                        .subscriptionArn())
                .isEqualTo("pending confirmation");
        assertThat(sns.book.find(INBOUND).orElseThrow().receivers()).isEmpty();
        assertThat(sns.listed())
                .singleElement()
                .extracting(SubscriptionOperations.Listed::subscriptionArn)
                .isEqualTo("PendingConfirmation");

        refused("InvalidParameterException", "Invalid parameter: Token", () -> sns.confirm("guess"));
        String token = sns.asked.getFirst().token();
        assertThat(token).hasSize(64);
        String arn = sns.confirm(token);
        assertThat(sns.confirm(token)).as("a second time").isEqualTo(arn);
        sns.restart();
        assertThat(sns.book.find(INBOUND).orElseThrow().receivers())
                .containsExactly(arn.substring(arn.lastIndexOf(':') + 1));
        assertThat(sns.subscriptionAttributes(arn))
                .containsEntry("PendingConfirmation", "false")
                .containsEntry("ConfirmationWasAuthenticated", "true")
                .containsEntry("Endpoint", "http://a.example/");
    }

    @Test
    void aTokenIsGoodForThreeDaysAndTheLastOneCounts() throws Exception {
        sns.create("inbound");
        String arn = sns.subscribe("http", "http://a.example/", null);
        assertThat(sns.subscribe("http", "http://a.example/", null)).isEqualTo(arn);
        assertThat(sns.asked).hasSize(2);
        refused(
                "InvalidParameterException",
                "Token",
                () -> sns.confirm(sns.asked.getFirst().token()));
        sns.clock.forward(Duration.ofDays(3));
        refused(
                "InvalidParameterException",
                "Token",
                () -> sns.confirm(sns.asked.getLast().token()));
        assertThat(sns.listed()).isEmpty();
        String anew = sns.subscribe("http", "http://a.example/", null);
        assertThat(anew).isNotEqualTo(arn);
        assertThat(sns.settings.list("subscription")).hasSize(1);
    }

    @Test
    void secretsOfEndpointsAreNeitherShownNorKeptInClear() throws Exception {
        sns.create("inbound");
        String arn = sns.subscribe("https", "https://user:psst@a.example/sns", null);
        assertThat(sns.listed().getFirst().endpoint()).isEqualTo("https://user:****@a.example/sns");
        assertThat(sns.subscriptionAttributes(arn)).containsEntry("Endpoint", "https://user:****@a.example/sns");
        assertThat(sns.settings.list("subscription").getFirst().text())
                .doesNotContain("psst")
                .doesNotContain(sns.asked.getFirst().token());
        assertThat(sns.asked.getFirst().toString()).doesNotContain("psst");
        sns.subscribe("https", "HTTPS://user:psst@b.example/", null);
        assertThat(sns.listed()).noneMatch(one -> one.endpoint().contains("psst"));
        sns.restart();
        String id = arn.substring(arn.lastIndexOf(':') + 1);
        assertThat(sns.book.subscription(id).orElseThrow().endpoint()).isEqualTo("https://user:psst@a.example/sns");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            http  | https://a.example/        | does not match the protocol http
            https | http://a.example/         | does not match the protocol https
            http  | http://a.example/#x       | Invalid parameter: Endpoint
            http  | http:///x                 | Invalid parameter: Endpoint
            http  | not a url                 | not a URL
            http  |                           | Invalid parameter: Endpoint
            camel | file:/etc                 | no endpoint of that name
            camel | exec:rm                   | no endpoint of that name
            sqs   | arn:aws:sqs:us-east-1:1:q | delivers to http, https and camel
            email | a@b.example               | delivers to http, https and camel
            """)
    void endpointsThatCannotBeReachedAreRefused(String protocol, @Nullable String endpoint, String words)
            throws Exception {
        sns.create("inbound");
        refused(
                "InvalidParameterException",
                words,
                () -> sns.ask("Subscribe", new Subscribe(INBOUND, protocol, endpoint, null, null), Subscribed.class));
        assertThat(sns.settings.list("subscription")).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            RawMessageDelivery | true          |
            RawMessageDelivery | false         |
            RawMessageDelivery | maybe         | must be true or false
            DeliveryPolicy     | {}            |
            DeliveryPolicy     | []            | must be a JSON object
            FilterPolicy       | {}            |
            FilterPolicy       | {"a":["b"]}   | filter policies are not supported
            RedrivePolicy      | {"x":1}       | not supported
            Other              | 1             | Invalid parameter: AttributeName
            """)
    void attributesOfSubscriptions(String name, String value, @Nullable String words) throws Exception {
        sns.create("inbound");
        String arn = sns.subscribe("camel", "queue", null);
        var input = new SubscriptionOperations.SetSubscriptionAttributes(arn, name, value);
        if (words == null) {
            sns.ask("SetSubscriptionAttributes", input, Nothing.class);
            assertThat(sns.subscriptionAttributes(arn).getOrDefault(name, value))
                    .isEqualTo(value);
        } else {
            refused(
                    "InvalidParameterException",
                    words,
                    () -> sns.ask("SetSubscriptionAttributes", input, Nothing.class));
        }
    }

    @Test
    void aTopicTakesABoundedNumberOfSubscriptions() throws Exception {
        sns.create("inbound");
        for (int i = 0; i < TopicBook.MOST_SUBSCRIPTIONS; i++) {
            sns.subscribe("http", "http://a.example/" + i, null);
        }
        refused(
                "SubscriptionLimitExceededException",
                "at most 1000",
                () -> sns.subscribe("http", "http://a.example/more", null));
        sns.clock.forward(Duration.ofDays(3));
        assertThat(sns.subscribe("http", "http://a.example/more", null))
                .as("what nobody confirmed makes room")
                .startsWith(INBOUND);
    }

    @Test
    void whatTheStoreDoesNotTakeDidNotHappen() throws Exception {
        sns.create("inbound");
        sns.settings.broken(true);
        assertThatThrownBy(() -> sns.subscribe("camel", "queue", null)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sns.create("other")).isInstanceOf(IOException.class);
        sns.settings.broken(false);
        assertThat(sns.listed()).isEmpty();
        assertThat(sns.book.find("arn:aws:sns:us-east-1:123456789012:other")).isEmpty();
    }
}
