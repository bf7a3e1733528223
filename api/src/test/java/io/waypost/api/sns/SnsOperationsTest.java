package io.waypost.api.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.MemorySettings;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.secret.Sealing;
import io.waypost.api.sns.PublishOperation.MessageAttribute;
import io.waypost.api.sns.PublishOperation.Publish;
import io.waypost.api.sns.SubscriptionOperations.Subscribe;
import io.waypost.api.sns.SubscriptionOperations.Subscribed;
import io.waypost.api.sns.TopicBook.ConfiguredSubscriber;
import io.waypost.api.sns.TopicBook.ConfiguredTopic;
import io.waypost.api.sns.TopicOperations.CreateTopic;
import io.waypost.api.sns.TopicOperations.CreatedTopic;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.TopicMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics and subscriptions by the operations of SNS, with a book that is read again from the store after each restart. */
class SnsOperationsTest {

    private static final Scope HOME = new Scope("123456789012", "us-east-1");
    private static final Caller CALLER = new Caller(HOME, "AKIAEXAMPLE0000000", "request-1");
    private static final MessageId PUBLICATION = new MessageId("0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t");
    private static final String INBOUND = "arn:aws:sns:us-east-1:123456789012:inbound";

    @TempDir
    Path folder;

    private final MemorySettings settings = new MemorySettings();
    private final Ticking clock = new Ticking();
    private final List<Subscription> asked = new ArrayList<>();
    private final List<TopicMessage> published = new ArrayList<>();
    private TopicBook book;
    private Operations operations;

    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-11-25T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final List<Subscription> told = new ArrayList<>();
    private Publishing publishing = new Recording();
    private boolean deaf;

    private final class Recording implements Publishing {
        @Override
        public Optional<Published> publish(TopicMessage message, Optional<String> repeatKey) {
            published.add(message);
            return book.find(message.topic().toString())
                    .map(topic -> new Published(
                            PUBLICATION, new UUID(0, 7), topic.receivers().size()));
        }

        @Override
        public void askForConfirmation(Subscription subscription) {
            asked.add(subscription);
        }

        @Override
        public void tellUnsubscribed(Subscription subscription) throws IOException {
            if (deaf) {
                throw new IOException("the disk is full");
            }
            told.add(subscription);
        }
    }

    @BeforeEach
    void restart() throws IOException {
        book = TopicBook.load(
                settings,
                new Sealing(folder, new SecureRandom()),
                HOME,
                List.of(new ConfiguredTopic(
                        "filed", List.of(new ConfiguredSubscriber(Protocol.HTTPS, "https://a.example/sns")))),
                clock,
                new SecureRandom());
        publishing = new Recording();
        operations = new Operations.Builder()
                .add(new TopicOperations(book))
                .add(new SubscriptionOperations(book, publishing, Set.of("queue")))
                .add(new PublishOperation(publishing))
                .add(new Tags(book))
                .build();
    }

    private <O extends Record> O ask(Caller caller, String operation, Record input, Class<O> output)
            throws ServiceException, IOException {
        Operations.Bound<?, ?> bound =
                operations.find(new Operations.Name(Api.SNS, operation)).orElseThrow();
        @SuppressWarnings("unchecked")
        Operation<Record, Record> carriedOut = (Operation<Record, Record>) bound.operation();
        return output.cast(carriedOut.answer(caller, bound.input().cast(input)));
    }

    private <O extends Record> O ask(String operation, Record input, Class<O> output)
            throws ServiceException, IOException {
        return ask(CALLER, operation, input, output);
    }

    private String create(String name) throws Exception {
        return ask("CreateTopic", new CreateTopic(name, null, null), CreatedTopic.class)
                .topicArn();
    }

    private String subscribe(String protocol, String endpoint, @Nullable Map<String, String> attributes)
            throws Exception {
        return ask("Subscribe", new Subscribe(INBOUND, protocol, endpoint, attributes, true), Subscribed.class)
                .subscriptionArn();
    }

    private String confirm(String token) throws Exception {
        return ask(
                        "ConfirmSubscription",
                        new SubscriptionOperations.ConfirmSubscription(INBOUND, token, "true"),
                        Subscribed.class)
                .subscriptionArn();
    }

    private Map<String, String> topicAttributes(String arn) throws Exception {
        return ask(
                        "GetTopicAttributes",
                        new TopicOperations.GetTopicAttributes(arn),
                        TopicOperations.TopicAttributes.class)
                .attributes();
    }

    private Map<String, String> subscriptionAttributes(String arn) throws Exception {
        return ask(
                        "GetSubscriptionAttributes",
                        new SubscriptionOperations.GetSubscriptionAttributes(arn),
                        SubscriptionOperations.SubscriptionAttributes.class)
                .attributes();
    }

    private List<SubscriptionOperations.Listed> listed() throws Exception {
        return ask(
                        "ListSubscriptionsByTopic",
                        new SubscriptionOperations.ListSubscriptionsByTopic(INBOUND, null),
                        SubscriptionOperations.ListedSubscriptions.class)
                .subscriptions();
    }

    private static void refused(String error, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.error()).isEqualTo(error);
            assertThat(e.words()).contains(words);
        });
    }

    @Test
    void aTopicIsMadeOnceAndStaysAfterARestart() throws Exception {
        assertThat(create("inbound")).isEqualTo(INBOUND);
        assertThat(create("inbound")).isEqualTo(INBOUND);
        restart();
        assertThat(book.find(INBOUND)).isPresent();
        assertThat(topicAttributes(INBOUND))
                .containsEntry("Owner", "123456789012")
                .containsEntry("SubscriptionsConfirmed", "0");
        refused(
                "InvalidParameterException",
                "Topic already exists with different attributes",
                () -> ask(
                        "CreateTopic",
                        new CreateTopic("inbound", Map.of("DisplayName", "x"), null),
                        CreatedTopic.class));
        refused(
                "InvalidParameterException",
                "Topic already exists with different tags",
                () -> ask(
                        "CreateTopic",
                        new CreateTopic("inbound", null, List.of(new Tags.Tag("a", "b"))),
                        CreatedTopic.class));
    }

    @Test
    void aTopicGoesWithItsSubscriptions() throws Exception {
        create("inbound");
        String arn = subscribe("camel", "queue", null);
        ask("DeleteTopic", new TopicOperations.DeleteTopic(INBOUND), Nothing.class);
        ask("DeleteTopic", new TopicOperations.DeleteTopic(INBOUND), Nothing.class);
        assertThat(book.find(INBOUND)).isEmpty();
        assertThat(book.subscription(arn.substring(arn.lastIndexOf(':') + 1))).isEmpty();
        assertThat(settings.list("subscription")).isEmpty();
        refused("NotFoundException", "Topic does not exist", () -> topicAttributes(INBOUND));
    }

    @Test
    void nothingIsDeliveredBeforeTheTokenCameBack() throws Exception {
        create("inbound");
        assertThat(ask("Subscribe", new Subscribe(INBOUND, "http", "http://a.example/", null, null), Subscribed.class)
                        .subscriptionArn())
                .isEqualTo("pending confirmation");
        assertThat(book.find(INBOUND).orElseThrow().receivers()).isEmpty();
        assertThat(listed())
                .singleElement()
                .extracting(SubscriptionOperations.Listed::subscriptionArn)
                .isEqualTo("PendingConfirmation");

        refused("InvalidParameterException", "Invalid parameter: Token", () -> confirm("guess"));
        String token = asked.getFirst().token();
        assertThat(token).hasSize(64);
        String arn = confirm(token);
        assertThat(confirm(token)).as("a second time").isEqualTo(arn);
        restart();
        assertThat(book.find(INBOUND).orElseThrow().receivers())
                .containsExactly(arn.substring(arn.lastIndexOf(':') + 1));
        assertThat(subscriptionAttributes(arn))
                .containsEntry("PendingConfirmation", "false")
                .containsEntry("ConfirmationWasAuthenticated", "true")
                .containsEntry("Endpoint", "http://a.example/");
    }

    @Test
    void aTokenIsGoodForThreeDaysAndTheLastOneCounts() throws Exception {
        create("inbound");
        String arn = subscribe("http", "http://a.example/", null);
        assertThat(subscribe("http", "http://a.example/", null)).isEqualTo(arn);
        assertThat(asked).hasSize(2);
        refused(
                "InvalidParameterException",
                "Token",
                () -> confirm(asked.getFirst().token()));
        clock.now = clock.now.plus(Duration.ofDays(3));
        refused(
                "InvalidParameterException",
                "Token",
                () -> confirm(asked.getLast().token()));
        assertThat(listed()).isEmpty();
        String anew = subscribe("http", "http://a.example/", null);
        assertThat(anew).isNotEqualTo(arn);
        assertThat(settings.list("subscription")).hasSize(1);
    }

    @Test
    void secretsOfEndpointsAreNeitherShownNorKeptInClear() throws Exception {
        create("inbound");
        String arn = subscribe("https", "https://user:psst@a.example/sns", null);
        assertThat(listed().getFirst().endpoint()).isEqualTo("https://user:****@a.example/sns");
        assertThat(subscriptionAttributes(arn)).containsEntry("Endpoint", "https://user:****@a.example/sns");
        assertThat(settings.list("subscription").getFirst().text())
                .doesNotContain("psst")
                .doesNotContain(asked.getFirst().token());
        assertThat(asked.getFirst().toString()).doesNotContain("psst");
        subscribe("https", "HTTPS://user:psst@b.example/", null);
        assertThat(listed()).noneMatch(one -> one.endpoint().contains("psst"));
        restart();
        String id = arn.substring(arn.lastIndexOf(':') + 1);
        assertThat(book.subscription(id).orElseThrow().endpoint()).isEqualTo("https://user:psst@a.example/sns");
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
        create("inbound");
        refused(
                "InvalidParameterException",
                words,
                () -> ask("Subscribe", new Subscribe(INBOUND, protocol, endpoint, null, null), Subscribed.class));
        assertThat(settings.list("subscription")).isEmpty();
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
        create("inbound");
        String arn = subscribe("camel", "queue", null);
        var input = new SubscriptionOperations.SetSubscriptionAttributes(arn, name, value);
        if (words == null) {
            ask("SetSubscriptionAttributes", input, Nothing.class);
            assertThat(subscriptionAttributes(arn).getOrDefault(name, value)).isEqualTo(value);
        } else {
            refused("InvalidParameterException", words, () -> ask("SetSubscriptionAttributes", input, Nothing.class));
        }
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
        create("inbound");
        var input = new TopicOperations.SetTopicAttributes(INBOUND, name, value);
        if (words == null) {
            ask("SetTopicAttributes", input, Nothing.class);
            restart();
            assertThat(topicAttributes(INBOUND)).containsEntry(name, value);
        } else {
            refused("InvalidParameterException", words, () -> ask("SetTopicAttributes", input, Nothing.class));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a.fifo, FIFO", "a.b, Topic Name", "'', Topic Name", "ümlaut, Topic Name"})
    void namesThatTopicsMayNotHave(String name, String words) {
        refused("InvalidParameterException", words, () -> create(name));
    }

    @Test
    void theTopicsOfTheFileAreShownAndOnlyReadable() throws Exception {
        String arn = "arn:aws:sns:us-east-1:123456789012:filed";
        assertThat(book.find("filed").orElseThrow().arn()).hasToString(arn);
        assertThat(book.find("inbound")).isEmpty();
        assertThat(ask("ListTopics", new TopicOperations.ListTopics(null), TopicOperations.ListedTopics.class)
                        .topics())
                .containsExactly(new TopicOperations.ListedTopic(arn));
        assertThat(create("filed")).isEqualTo(arn);
        String subscription = ask(
                        "ListSubscriptions",
                        new SubscriptionOperations.ListSubscriptions(null),
                        SubscriptionOperations.ListedSubscriptions.class)
                .subscriptions()
                .getFirst()
                .subscriptionArn();
        refused(
                "AuthorizationErrorException",
                "stands in the server's file",
                () -> ask("DeleteTopic", new TopicOperations.DeleteTopic(arn), Nothing.class));
        refused(
                "AuthorizationErrorException",
                "stands in the server's file",
                () -> ask("Unsubscribe", new SubscriptionOperations.Unsubscribe(subscription), Nothing.class));
        assertThat(unsigned("Action=Unsubscribe&SubscriptionArn=" + subscription)
                        .status())
                .isEqualTo(403);
        refused(
                "AuthorizationErrorException",
                "stands in the server's file",
                () -> ask("Subscribe", new Subscribe(arn, "camel", "queue", null, null), Subscribed.class));
    }

    @Test
    void accountsAndRegionsAreApart() throws Exception {
        create("inbound");
        Caller other = new Caller(new Scope("210987654321", "us-east-1"), "AKIAOTHER000000000", "r");
        Caller far = new Caller(new Scope("123456789012", "eu-west-1"), "AKIAEXAMPLE0000000", "r");
        var get = new TopicOperations.GetTopicAttributes(INBOUND);
        refused(
                "AuthorizationErrorException",
                "not authorized to perform: SNS:GetTopicAttributes",
                () -> ask(other, "GetTopicAttributes", get, TopicOperations.TopicAttributes.class));
        refused(
                "InvalidParameterException",
                "Invalid parameter: TopicArn",
                () -> ask(far, "GetTopicAttributes", get, TopicOperations.TopicAttributes.class));
        assertThat(ask(other, "ListTopics", new TopicOperations.ListTopics(null), TopicOperations.ListedTopics.class)
                        .topics())
                .isEmpty();
        refused("InvalidParameterException", "TopicArn", () -> topicAttributes("inbound"));
    }

    @Test
    void longListsComeInPagesOfAHundred() throws Exception {
        for (int i = 0; i < 205; i++) {
            create("t" + i);
        }
        Set<String> seen = new HashSet<>();
        List<Integer> sizes = new ArrayList<>();
        String token = null;
        do {
            var page = ask("ListTopics", new TopicOperations.ListTopics(token), TopicOperations.ListedTopics.class);
            page.topics().forEach(topic -> seen.add(topic.topicArn()));
            sizes.add(page.topics().size());
            token = page.nextToken();
        } while (token != null);
        assertThat(sizes).containsExactly(100, 100, 6);
        assertThat(seen).hasSize(206);
        refused(
                "InvalidParameterException",
                "NextToken",
                () -> ask("ListTopics", new TopicOperations.ListTopics("!"), TopicOperations.ListedTopics.class));
    }

    @Test
    void aTopicTakesABoundedNumberOfSubscriptions() throws Exception {
        create("inbound");
        for (int i = 0; i < TopicBook.MOST_SUBSCRIPTIONS; i++) {
            subscribe("http", "http://a.example/" + i, null);
        }
        refused(
                "SubscriptionLimitExceededException",
                "at most 1000",
                () -> subscribe("http", "http://a.example/more", null));
        clock.now = clock.now.plus(Duration.ofDays(3));
        assertThat(subscribe("http", "http://a.example/more", null))
                .as("what nobody confirmed makes room")
                .startsWith(INBOUND);
    }

    @Test
    void whatTheStoreDoesNotTakeDidNotHappen() throws Exception {
        create("inbound");
        settings.broken(true);
        assertThatThrownBy(() -> subscribe("camel", "queue", null)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> create("other")).isInstanceOf(IOException.class);
        settings.broken(false);
        assertThat(listed()).isEmpty();
        assertThat(book.find("arn:aws:sns:us-east-1:123456789012:other")).isEmpty();
    }

    @Test
    void tags() throws Exception {
        create("inbound");
        ask(
                "TagResource",
                new Tags.TagResource(INBOUND, List.of(new Tags.Tag("a", "1"), new Tags.Tag("b", "2"))),
                Nothing.class);
        ask("UntagResource", new Tags.UntagResource(INBOUND, List.of("a")), Nothing.class);
        restart();
        assertThat(ask("ListTagsForResource", new Tags.ListTagsForResource(INBOUND), Tags.ListedTags.class)
                        .tags())
                .containsExactly(new Tags.Tag("b", "2"));
        refused(
                "ResourceNotFoundException",
                "Resource does not exist",
                () -> ask("ListTagsForResource", new Tags.ListTagsForResource(INBOUND + "x"), Tags.ListedTags.class));
    }

    private Publish publish(String message, @Nullable String subject, @Nullable String structure) {
        return new Publish(INBOUND, null, null, message, subject, structure, null);
    }

    @Test
    void aMessageIsPublishedWithAllItsParts() throws Exception {
        create("inbound");
        var input = new Publish(
                INBOUND,
                null,
                null,
                "{\"default\":\"all\",\"http\":\"some\",\"GCM\":{\"x\":1}}",
                "Hello",
                "json",
                Map.of(
                        "n", new MessageAttribute("Number", "1", null),
                        "b", new MessageAttribute("Binary", null, new byte[] {1, 2})));
        assertThat(ask("Publish", input, PublishOperation.Published.class).messageId())
                .isEqualTo(new UUID(0, 7).toString());
        TopicMessage message = published.getFirst();
        assertThat(message.text()).isEqualTo("all");
        assertThat(message.textFor(Protocol.HTTP)).isEqualTo("some");
        assertThat(message.textFor(Protocol.HTTPS)).isEqualTo("all");
        assertThat(message.subject()).contains("Hello");
        assertThat(message.attributes())
                .containsEntry("n", new TopicMessage.Attribute("Number", "1"))
                .containsEntry("b", new TopicMessage.Attribute("Binary", "AQI="));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''          | -         | -    | Empty message
            text        | ' x'      | -    | Invalid parameter: Subject
            text        | 'a\tb'    | -    | Invalid parameter: Subject
            text        | -         | xml  | Invalid parameter: MessageStructure
            text        | -         | json | JSON message body failed to parse
            {"http":""} | -         | json | No default entry in JSON message body
            """)
    void messagesThatCannotBePublished(
            String message, @Nullable String subject, @Nullable String structure, String words) throws Exception {
        create("inbound");
        refused(
                "InvalidParameterException",
                words,
                () -> ask("Publish", publish(message, subject, structure), PublishOperation.Published.class));
        assertThat(published).isEmpty();
    }

    @Test
    void aMessageHasAtMost256Kilobytes() throws Exception {
        create("inbound");
        refused(
                "InvalidParameterException",
                "Message too long",
                () -> ask("Publish", publish("\u00fc".repeat(131_073), null, null), PublishOperation.Published.class));
        refused(
                "NotFoundException",
                "Topic does not exist",
                () -> ask(
                        "Publish",
                        new Publish(INBOUND + "x", null, null, "text", null, null, null),
                        PublishOperation.Published.class));
    }

    private WireResponse unsigned(String query) {
        WireRequest request = new WireRequest("GET", "/", query, Map.of(), new byte[0]);
        assertThat(UnsignedLinks.isOne(request)).isTrue();
        return new UnsignedLinks(book, publishing).answer(request);
    }

    private static String text(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void theLinksOfEnvelopesNeedNoSignature() throws Exception {
        create("inbound");
        String arn = subscribe("http", "http://a.example/", null);
        WireResponse wrong = unsigned("Action=ConfirmSubscription&TopicArn=" + INBOUND + "&Token=%3Cb%3E");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(text(wrong)).contains("<Code>InvalidParameter</Code>").doesNotContain("<b>");

        WireResponse confirmed = unsigned("Action=ConfirmSubscription&TopicArn=" + INBOUND + "&Token="
                + asked.getFirst().token());
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(text(confirmed)).contains("<SubscriptionArn>" + arn + "</SubscriptionArn>");
        assertThat(subscriptionAttributes(arn)).containsEntry("ConfirmationWasAuthenticated", "false");

        assertThat(unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .isEqualTo(200);
        assertThat(unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .as("once more")
                .isEqualTo(200);
        assertThat(unsigned("Action=Unsubscribe&SubscriptionArn=nonsense").status())
                .isEqualTo(400);
    }

    @Test
    void whoLeftByTheLinkGetsNothingIsToldAndMayComeBack() throws Exception {
        create("inbound");
        String arn = subscribe("http", "http://a.example/", null);
        String first = asked.getFirst().token();
        String confirm = "Action=ConfirmSubscription&TopicArn=" + INBOUND + "&Token=";
        assertThat(unsigned(confirm + first).status()).isEqualTo(200);

        for (int i = 0; i < 2; i++) {
            assertThat(unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                    .isEqualTo(200);
            assertThat(told).as("told once").hasSize(1);
            assertThat(told.getFirst().arn()).isEqualTo(arn);
            assertThat(told.getFirst().confirmed()).isFalse();
            assertThat(book.find(INBOUND).orElseThrow().receivers()).isEmpty();
        }
        restart();
        assertThat(book.find(INBOUND).orElseThrow().receivers()).isEmpty();
        assertThat(unsigned(confirm + first).status()).as("the old token").isEqualTo(400);

        assertThat(unsigned(confirm + told.getFirst().token()).status()).isEqualTo(200);
        assertThat(book.find(INBOUND).orElseThrow().receivers()).hasSize(1);

        deaf = true;
        assertThat(unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .as("it has ended all the same")
                .isEqualTo(200);
        assertThat(book.find(INBOUND).orElseThrow().receivers()).isEmpty();
    }

    @Test
    void aSubscriptionMayBeEndedBySignedRequestsOnly() throws Exception {
        create("inbound");
        String arn = subscribe("http", "http://a.example/", null);
        confirm(asked.getFirst().token());
        assertThat(unsigned("Action=Unsubscribe&SubscriptionArn=" + arn).status())
                .isEqualTo(403);
        assertThat(listed()).hasSize(1);
        ask("Unsubscribe", new SubscriptionOperations.Unsubscribe(arn), Nothing.class);
        assertThat(listed()).isEmpty();
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
