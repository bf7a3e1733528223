package io.waypost.api.sns;

import static io.waypost.api.sns.MemorySns.INBOUND;
import static io.waypost.api.sns.MemorySns.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.sns.SubscriptionOperations.Subscribe;
import io.waypost.api.sns.SubscriptionOperations.Subscribed;
import io.waypost.api.sns.TopicOperations.CreateTopic;
import io.waypost.api.sns.TopicOperations.CreatedTopic;
import io.waypost.message.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics by the operations of SNS, and after a restart. */
class TopicOperationsTest {

    private MemorySns sns;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        sns = new MemorySns(folder);
    }

    @Test
    void aTopicIsMadeOnceAndStaysAfterARestart() throws Exception {
        assertThat(sns.create("inbound")).isEqualTo(INBOUND);
        assertThat(sns.create("inbound")).isEqualTo(INBOUND);
        sns.restart();
        assertThat(sns.book.find(INBOUND)).isPresent();
        assertThat(sns.topicAttributes(INBOUND))
                .containsEntry("Owner", "123456789012")
                .containsEntry("SubscriptionsConfirmed", "0");
        refused(
                "InvalidParameterException",
                "Topic already exists with different attributes",
                () -> sns.ask(
                        "CreateTopic",
                        new CreateTopic("inbound", Map.of("DisplayName", "x"), null),
                        CreatedTopic.class));
        refused(
                "InvalidParameterException",
                "Topic already exists with different tags",
                () -> sns.ask(
                        "CreateTopic",
                        new CreateTopic("inbound", null, List.of(new Tags.Tag("a", "b"))),
                        CreatedTopic.class));
    }

    @Test
    void aTopicGoesWithItsSubscriptions() throws Exception {
        sns.create("inbound");
        String arn = sns.subscribe("camel", "queue", null);
        sns.ask("DeleteTopic", new TopicOperations.DeleteTopic(INBOUND), Nothing.class);
        sns.ask("DeleteTopic", new TopicOperations.DeleteTopic(INBOUND), Nothing.class);
        assertThat(sns.book.find(INBOUND)).isEmpty();
        assertThat(sns.book.subscription(arn.substring(arn.lastIndexOf(':') + 1)))
                .isEmpty();
        assertThat(sns.settings.list("subscription")).isEmpty();
        refused("NotFoundException", "Topic does not exist", () -> sns.topicAttributes(INBOUND));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            DisplayName      | A name      |
            SignatureVersion | 2           |
            SignatureVersion | 3           | must be 1 or 2
            Policy           | {"a":1}     |
            Policy           | nonsense    | must be a JSON object
            FifoTopic        | true        | FIFO topics are not supported
            KmsMasterKeyId   | alias/x     | encryption is not supported
            Other            | x           | Invalid parameter: AttributeName
            """)
    void attributesOfTopics(String name, String value, @Nullable String words) throws Exception {
        sns.create("inbound");
        var input = new TopicOperations.SetTopicAttributes(INBOUND, name, value);
        if (words == null) {
            sns.ask("SetTopicAttributes", input, Nothing.class);
            sns.restart();
            assertThat(sns.topicAttributes(INBOUND)).containsEntry(name, value);
        } else {
            refused("InvalidParameterException", words, () -> sns.ask("SetTopicAttributes", input, Nothing.class));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a.fifo, FIFO", "a.b, Topic Name", "'', Topic Name", "ümlaut, Topic Name"})
    void namesThatTopicsMayNotHave(String name, String words) {
        refused("InvalidParameterException", words, () -> sns.create(name));
    }

    @Test
    void theTopicsOfTheFileAreShownAndOnlyReadable() throws Exception {
        String arn = "arn:aws:sns:us-east-1:123456789012:filed";
        assertThat(sns.book.find("filed").orElseThrow().arn()).hasToString(arn);
        assertThat(sns.book.find("inbound")).isEmpty();
        assertThat(sns.ask("ListTopics", new TopicOperations.ListTopics(null), TopicOperations.ListedTopics.class)
                        .topics())
                .containsExactly(new TopicOperations.ListedTopic(arn));
        assertThat(sns.create("filed")).isEqualTo(arn);
        String subscription = sns.ask(
                        "ListSubscriptions",
                        new SubscriptionOperations.ListSubscriptions(null),
                        SubscriptionOperations.ListedSubscriptions.class)
                .subscriptions()
                .getFirst()
                .subscriptionArn();
        refused(
                "AuthorizationErrorException",
                "stands in the server's file",
                () -> sns.ask("DeleteTopic", new TopicOperations.DeleteTopic(arn), Nothing.class));
        refused(
                "AuthorizationErrorException",
                "stands in the server's file",
                () -> sns.ask("Unsubscribe", new SubscriptionOperations.Unsubscribe(subscription), Nothing.class));
        assertThat(sns.unsigned("Action=Unsubscribe&SubscriptionArn=" + subscription)
                        .status())
                .isEqualTo(403);
        refused(
                "AuthorizationErrorException",
                "stands in the server's file",
                () -> sns.ask("Subscribe", new Subscribe(arn, "camel", "queue", null, null), Subscribed.class));
    }

    @Test
    void accountsAndRegionsAreApart() throws Exception {
        sns.create("inbound");
        Scope other = new Scope("210987654321", "us-east-1");
        Scope far = new Scope("123456789012", "eu-west-1");
        var get = new TopicOperations.GetTopicAttributes(INBOUND);
        refused(
                "AuthorizationErrorException",
                "not authorized to perform: SNS:GetTopicAttributes",
                () -> sns.ask(other, "GetTopicAttributes", get, TopicOperations.TopicAttributes.class));
        refused(
                "InvalidParameterException",
                "Invalid parameter: TopicArn",
                () -> sns.ask(far, "GetTopicAttributes", get, TopicOperations.TopicAttributes.class));
        assertThat(sns.ask(
                                other,
                                "ListTopics",
                                new TopicOperations.ListTopics(null),
                                TopicOperations.ListedTopics.class)
                        .topics())
                .isEmpty();
        refused("InvalidParameterException", "TopicArn", () -> sns.topicAttributes("inbound"));
    }

    @Test
    void longListsComeInPagesOfAHundred() throws Exception {
        for (int i = 0; i < 205; i++) {
            sns.create("t" + i);
        }
        Set<String> seen = new HashSet<>();
        List<Integer> sizes = new ArrayList<>();
        String token = null;
        do {
            var page = sns.ask("ListTopics", new TopicOperations.ListTopics(token), TopicOperations.ListedTopics.class);
            page.topics().forEach(topic -> seen.add(topic.topicArn()));
            sizes.add(page.topics().size());
            token = page.nextToken();
        } while (token != null);
        assertThat(sizes).containsExactly(100, 100, 6);
        assertThat(seen).hasSize(206);
        refused(
                "InvalidParameterException",
                "NextToken",
                () -> sns.ask("ListTopics", new TopicOperations.ListTopics("!"), TopicOperations.ListedTopics.class));
    }

    @Test
    void tags() throws Exception {
        sns.create("inbound");
        sns.ask(
                "TagResource",
                new Tags.TagResource(INBOUND, List.of(new Tags.Tag("a", "1"), new Tags.Tag("b", "2"))),
                Nothing.class);
        sns.ask("UntagResource", new Tags.UntagResource(INBOUND, List.of("a")), Nothing.class);
        sns.restart();
        assertThat(sns.ask("ListTagsForResource", new Tags.ListTagsForResource(INBOUND), Tags.ListedTags.class)
                        .tags())
                .containsExactly(new Tags.Tag("b", "2"));
        refused(
                "ResourceNotFoundException",
                "Resource does not exist",
                () -> sns.ask(
                        "ListTagsForResource", new Tags.ListTagsForResource(INBOUND + "x"), Tags.ListedTags.class));
    }
}
