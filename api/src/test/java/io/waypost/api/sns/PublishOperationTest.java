package io.waypost.api.sns;

import static io.waypost.api.sns.MemorySns.INBOUND;
import static io.waypost.api.sns.MemorySns.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.sns.PublishOperation.MessageAttribute;
import io.waypost.api.sns.PublishOperation.Publish;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.TopicMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are published by SNS' operation. */
class PublishOperationTest {

    private MemorySns sns;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        sns = new MemorySns(folder);
    }

    private Publish publish(String message, @Nullable String subject, @Nullable String structure) {
        return new Publish(INBOUND, null, null, message, subject, structure, null);
    }

    @Test
    void aMessageIsPublishedWithAllItsParts() throws Exception {
        sns.create("inbound");
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
        assertThat(sns.ask("Publish", input, PublishOperation.Published.class).messageId())
                .isEqualTo(new UUID(0, 7).toString());
        TopicMessage message = sns.published.getFirst();
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
        sns.create("inbound");
        refused(
                "InvalidParameterException",
                words,
                () -> sns.ask("Publish", publish(message, subject, structure), PublishOperation.Published.class));
        assertThat(sns.published).isEmpty();
    }

    @Test
    void aMessageHasAtMost256Kilobytes() throws Exception {
        sns.create("inbound");
        refused(
                "InvalidParameterException",
                "Message too long",
                () -> sns.ask(
                        "Publish", publish("\u00fc".repeat(131_073), null, null), PublishOperation.Published.class));
        refused(
                "NotFoundException",
                "Topic does not exist",
                () -> sns.ask(
                        "Publish",
                        new Publish(INBOUND + "x", null, null, "text", null, null, null),
                        PublishOperation.Published.class));
    }
}
