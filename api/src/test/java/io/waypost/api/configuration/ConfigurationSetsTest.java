package io.waypost.api.configuration;

import static io.waypost.api.aws.Operations.Api.SES;
import static io.waypost.api.aws.Operations.Api.SESV2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.Calls;
import io.waypost.api.MemorySettings;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.configuration.v1.Destination;
import io.waypost.api.configuration.v1.DestinationOperations;
import io.waypost.api.configuration.v1.SetOperations;
import io.waypost.api.configuration.v1.TrackingOperations;
import io.waypost.api.configuration.v2.EventDestinationOperations;
import io.waypost.api.configuration.v2.OptionOperations;
import io.waypost.api.configuration.v2.SetLifeOperations;
import io.waypost.api.identity.v2.Tag;
import io.waypost.message.Domain;
import io.waypost.message.Scope;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.Suppressed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigurationSetsTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:events";
    private static final String STREAM = "arn:aws:firehose:us-east-1:123456789012:deliverystream/mail";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

    private final MemorySettings settings = new MemorySettings();
    private final List<String> greeted = new ArrayList<>();
    private ConfigurationSetBook book;
    private Calls calls;

    private final Targets targets = new Targets() {
        @Override
        public boolean topicExists(Scope scope, String topicArn) {
            return topicArn.equals(TOPIC);
        }

        @Override
        public void greet(Scope scope, String topicArn) {
            greeted.add(topicArn);
        }

        @Override
        public boolean isMapped(String arn) {
            return arn.equals(STREAM);
        }

        @Override
        public boolean isVerified(Scope scope, String domain) {
            return domain.endsWith("example.com");
        }

        @Override
        public boolean poolExists(Scope scope, String pool) {
            return pool.equals("fast");
        }
    };

    @BeforeEach
    void start() throws Exception {
        book = ConfigurationSetBook.load(settings, CLOCK);
        calls = Calls.of(new ConfigurationFamily(book, targets, CLOCK));
    }

    private void create(String name) throws Exception {
        Record answer =
                calls.call(SES, "CreateConfigurationSet", new SetOperations.Create(new SetOperations.Named(name)));
        assertThat(answer).isEqualTo(new Nothing());
    }

    private ConfigurationSet main() {
        return book.find(Calls.HERE, "main").orElseThrow();
    }

    private Record shown() throws Exception {
        return calls.call(SESV2, "GetConfigurationSet", new SetLifeOperations.Named("main"));
    }

    @Test
    void bothApisSayWhatIsWrongInTheirWords() throws Exception {
        create("main");
        assertThat(calls.refusal(
                        SES, "CreateConfigurationSet", new SetOperations.Create(new SetOperations.Named("main"))))
                .isEqualTo("ConfigurationSetAlreadyExistsException: Configuration set <main> already exists.");
        assertThat(calls.refusal(
                        SES, "CreateConfigurationSet", new SetOperations.Create(new SetOperations.Named("a b"))))
                .startsWith("InvalidConfigurationSetException: ");
        assertThat(calls.refusal(SES, "DeleteConfigurationSet", new SetOperations.Delete("x")))
                .isEqualTo("ConfigurationSetDoesNotExistException: Configuration set <x> does not exist.");
        assertThat(calls.refusal(SESV2, "GetConfigurationSet", new SetLifeOperations.Named("x")))
                .isEqualTo("NotFoundException: Configuration set <x> does not exist.");
        assertThat(calls.refusal(
                        SESV2,
                        "CreateConfigurationSet",
                        new SetLifeOperations.Create("main", null, null, null, null, null, null, null, null)))
                .isEqualTo("AlreadyExistsException: Configuration set <main> already exists.");
    }

    @Test
    void whatOneApiSetsTheOtherShows() throws Exception {
        calls.call(
                SESV2,
                "CreateConfigurationSet",
                new SetLifeOperations.Create(
                        "main",
                        new Options.Tracking("Links.Example.com", null),
                        new Options.Delivery("REQUIRE", "fast", 300L),
                        new SetLifeOperations.Reputation(true, null),
                        new SetLifeOperations.Sending(true),
                        List.of(new Tag("team", "post")),
                        new Options.Suppression(List.of("BOUNCE"), null),
                        null,
                        null));
        assertThat(main())
                .isEqualTo(new ConfigurationSet(
                        "main",
                        true,
                        true,
                        Optional.of("fast"),
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Set.of(Suppressed.BOUNCE)),
                        false,
                        false,
                        false,
                        Optional.of(new ConfigurationSet.Redirect(
                                new Domain("links.example.com"), ConfigurationSet.HttpsPolicy.OPTIONAL))));
        Record before = shown();
        start();
        assertThat(shown()).isEqualTo(before);

        var described = (SetOperations.Described) calls.call(
                SES,
                "DescribeConfigurationSet",
                new SetOperations.Describe("main", List.of("trackingOptions", "deliveryOptions", "reputationOptions")));
        assertThat(described)
                .isEqualTo(new SetOperations.Described(
                        new SetOperations.Named("main"),
                        null,
                        new SetOperations.Tracking("links.example.com"),
                        new SetOperations.Delivery("Require"),
                        new SetOperations.Reputation(true, true, null)));
        calls.call(
                SES,
                "PutConfigurationSetDeliveryOptions",
                new SetOperations.PutDelivery("main", new SetOperations.Delivery("Optional")));
        assertThat(main().tlsRequired()).isFalse();
        assertThat(main().pool()).contains("fast");
    }

    @Test
    void optionsAreReplacedAsAWhole() throws Exception {
        create("main");
        assertThat(calls.refusal(
                        SESV2,
                        "PutConfigurationSetDeliveryOptions",
                        new OptionOperations.PutDelivery("main", null, "slow", null)))
                .isEqualTo("BadRequestException: SendingPool <slow> doesn't exist");
        assertThat(calls.refusal(
                        SESV2,
                        "PutConfigurationSetDeliveryOptions",
                        new OptionOperations.PutDelivery("main", null, " ", null)))
                .isEqualTo("BadRequestException: sendingPoolName can't be blank.");
        assertThat(calls.refusal(
                        SESV2,
                        "PutConfigurationSetDeliveryOptions",
                        new OptionOperations.PutDelivery("main", null, null, 299L)))
                .startsWith("BadRequestException: ");
        calls.call(
                SESV2,
                "PutConfigurationSetSuppressionOptions",
                new OptionOperations.PutSuppression("main", List.of(), null));
        assertThat(main().suppressedReasons()).contains(Set.of());
        calls.call(
                SESV2,
                "PutConfigurationSetSuppressionOptions",
                new OptionOperations.PutSuppression("main", null, null));
        assertThat(main().suppressedReasons()).isEmpty();
    }

    @Test
    void sendingThatIsSwitchedOnAgainIsAFreshStart() throws Exception {
        create("main");
        calls.call(SES, "UpdateConfigurationSetSendingEnabled", new SetOperations.Switch("main", false));
        assertThat(main().sendingEnabled()).isFalse();
        calls.call(SESV2, "PutConfigurationSetSendingOptions", new OptionOperations.PutSending("main", true));
        assertThat(((SetLifeOperations.Shown) shown()).reputationOptions().lastFreshStart())
                .isEqualTo(CLOCK.instant());
    }

    @Test
    void trackingOptionsComeChangeAndGo() throws Exception {
        create("main");
        var put = new TrackingOperations.Put("main", new SetOperations.Tracking("links.example.com"));
        assertThat(calls.refusal(SES, "UpdateConfigurationSetTrackingOptions", put))
                .startsWith("TrackingOptionsDoesNotExistException: ");
        calls.call(SES, "CreateConfigurationSetTrackingOptions", put);
        assertThat(calls.refusal(SES, "CreateConfigurationSetTrackingOptions", put))
                .startsWith("TrackingOptionsAlreadyExistsException: ");
        assertThat(calls.refusal(
                        SES,
                        "UpdateConfigurationSetTrackingOptions",
                        new TrackingOperations.Put("main", new SetOperations.Tracking("links.test"))))
                .startsWith("InvalidTrackingOptionsException: ");
        assertThat(main().redirect())
                .as("the API of 2010 has no policy")
                .contains(new ConfigurationSet.Redirect(
                        new Domain("links.example.com"), ConfigurationSet.HttpsPolicy.OPTIONAL));
        assertThat(calls.refusal(
                        SESV2,
                        "PutConfigurationSetTrackingOptions",
                        new OptionOperations.PutTracking("main", "links.test", "REQUIRE")))
                .startsWith("BadRequestException: ");
        calls.call(
                SESV2,
                "PutConfigurationSetTrackingOptions",
                new OptionOperations.PutTracking("main", "links.example.com", "REQUIRE_OPEN_ONLY"));
        assertThat(main().redirect())
                .contains(new ConfigurationSet.Redirect(
                        new Domain("links.example.com"), ConfigurationSet.HttpsPolicy.REQUIRE_OPEN_ONLY));
        calls.call(SES, "DeleteConfigurationSetTrackingOptions", new TrackingOperations.Delete("main"));
        assertThat(main().redirect()).isEmpty();
    }

    private static Destination topic(String name, String topic, String... types) {
        return new Destination(name, true, List.of(types), null, null, new EventDestination.Sns(topic));
    }

    @Test
    void destinationsOfTheOldApi() throws Exception {
        create("main");
        var put = new DestinationOperations.Put("main", topic("one", TOPIC, "open", "renderingFailure"));
        calls.call(SES, "CreateConfigurationSetEventDestination", put);
        assertThat(greeted).containsExactly(TOPIC);
        assertThat(main().told()).isTrue();
        assertThat(main().tracksOpens()).isTrue();
        assertThat(main().tracksClicks()).isFalse();
        assertThat(calls.refusal(SES, "CreateConfigurationSetEventDestination", put))
                .startsWith("EventDestinationAlreadyExistsException: ");
        assertThat(calls.refusal(
                        SES,
                        "CreateConfigurationSetEventDestination",
                        new DestinationOperations.Put("main", topic("two", TOPIC + "x", "open"))))
                .isEqualTo("InvalidSNSDestinationException: SNS topic <" + TOPIC + "x> not found.");
        var described = (SetOperations.Described) calls.call(
                SES, "DescribeConfigurationSet", new SetOperations.Describe("main", List.of("eventDestinations")));
        assertThat(described.eventDestinations()).containsExactly(put.eventDestination());
        assertThat(calls.refusal(
                        SES, "DeleteConfigurationSetEventDestination", new DestinationOperations.Delete("main", "two")))
                .isEqualTo("EventDestinationDoesNotExistException: No EventDestination found for <two>");
        calls.call(SES, "DeleteConfigurationSetEventDestination", new DestinationOperations.Delete("main", "one"));
        assertThat(main().told()).isFalse();
    }

    private static EventDestinationOperations.Put put(String name, EventDestinationOperations.Definition definition) {
        return new EventDestinationOperations.Put("main", name, definition);
    }

    private static EventDestinationOperations.Definition stream(String arn) {
        return new EventDestinationOperations.Definition(
                true, List.of("SEND"), new EventDestination.Firehose("role", arn), null, null, null, null);
    }

    @Test
    void destinationsOfTheNewApi() throws Exception {
        create("main");
        String create = "CreateConfigurationSetEventDestination";
        calls.call(SESV2, create, put("one", stream(STREAM)));
        assertThat(calls.refusal(SESV2, create, put("two", stream(STREAM + "2"))))
                .startsWith("BadRequestException: Nothing stands for the delivery stream <" + STREAM + "2> here");
        assertThat(calls.refusal(
                        SESV2,
                        create,
                        put(
                                "two",
                                new EventDestinationOperations.Definition(
                                        true,
                                        List.of("SEND"),
                                        null,
                                        null,
                                        null,
                                        null,
                                        new EventDestinationOperations.Pinpoint("p")))))
                .startsWith("BadRequestException: There is no Pinpoint here");
        assertThat(calls.refusal(
                        SESV2,
                        create,
                        put(
                                "two",
                                new EventDestinationOperations.Definition(
                                        true, List.of("SEND"), null, null, null, null, null))))
                .isEqualTo("BadRequestException: An event destination must have exactly one destination.");
        assertThat(calls.refusal(SESV2, "UpdateConfigurationSetEventDestination", put("two", stream(STREAM))))
                .isEqualTo("NotFoundException: No EventDestination found for <two>");
        for (int i = 2; i <= 10; i++) {
            calls.call(SESV2, create, put("d" + i, stream(STREAM)));
        }
        assertThat(calls.refusal(SESV2, create, put("d11", stream(STREAM)))).startsWith("LimitExceededException: ");
        start();
        var got = (EventDestinationOperations.Got)
                calls.call(SESV2, "GetConfigurationSetEventDestinations", new EventDestinationOperations.Get("main"));
        assertThat(got.eventDestinations()).hasSize(10);
        assertThat(greeted).isEmpty();
    }

    @Test
    void listsHavePages() throws Exception {
        for (String name : List.of("c", "a", "b")) {
            create(name);
        }
        var first = (SetLifeOperations.Listed)
                calls.call(SESV2, "ListConfigurationSets", new SetLifeOperations.ListRequest(null, 2));
        assertThat(first.configurationSets()).containsExactly("a", "b");
        var second = (SetLifeOperations.Listed)
                calls.call(SESV2, "ListConfigurationSets", new SetLifeOperations.ListRequest(first.nextToken(), 2));
        assertThat(second).isEqualTo(new SetLifeOperations.Listed(List.of("c"), null));
        assertThat(calls.refusal(SESV2, "ListConfigurationSets", new SetLifeOperations.ListRequest("?", null)))
                .isEqualTo("BadRequestException: Invalid NextToken <?>.");
    }

    @Test
    void whatTheStoreDoesNotTakeIsNotInForce() throws Exception {
        create("main");
        settings.broken(true);
        assertThatThrownBy(() -> create("other")).isInstanceOf(IOException.class);
        assertThat(book.find(Calls.HERE, "other")).isEmpty();
        settings.broken(false);
        create("other");
        assertThat(book.find(Calls.HERE, "other")).isPresent();
    }
}
