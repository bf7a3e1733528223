package io.waypost.api.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.TopicMessage.Attribute;
import io.waypost.message.topic.TopicMessage.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Publish. */
public final class PublishOperation implements Operations.Family {

    /** SNS' limit, in UTF-8. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_SUBJECT = 100;
    private static final int MOST_ATTRIBUTES = 100;
    private static final Set<String> TYPES = Set.of("String", "String.Array", "Number", "Binary");
    private static final ObjectMapper JSON = new ObjectMapper();

    record MessageAttribute(String dataType, @Nullable String stringValue, byte @Nullable [] binaryValue) {}

    record Publish(
            @Nullable String topicArn,
            @Nullable String targetArn,
            @Nullable String phoneNumber,
            String message,
            @Nullable String subject,
            @Nullable String messageStructure,
            @Nullable Map<String, MessageAttribute> messageAttributes) {}

    record Published(String messageId) {}

    private final Publishing publishing;

    public PublishOperation(Publishing publishing) {
        this.publishing = publishing;
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations.add(Api.SNS, "Publish", Publish.class, Published.class, this::publish);
    }

    private Published publish(Caller caller, Publish input) throws ServiceException, IOException {
        if (input.phoneNumber() != null) {
            throw SnsErrors.invalid("PhoneNumber Reason: this server sends no text messages");
        }
        String arn = input.topicArn() == null ? input.targetArn() : input.topicArn();
        TopicArn topic = Arns.topic(caller, arn == null ? "" : arn, "TopicArn", "Publish");
        if (input.message().isEmpty()) {
            throw SnsErrors.invalid("Empty message");
        }
        if (input.message().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw SnsErrors.invalid("Message too long");
        }
        boolean structured = structured(input.messageStructure());
        Map<String, String> texts = structured ? texts(input.message()) : new HashMap<>();
        String text = structured ? String.valueOf(texts.remove("default")) : input.message();
        TopicMessage message = new TopicMessage(
                Kind.NOTIFICATION,
                topic,
                text,
                texts,
                subject(input.subject()),
                attributes(input.messageAttributes()),
                "");
        return publishing
                .publish(message, Optional.empty())
                .map(published -> new Published(published.messageId().toString()))
                .orElseThrow(SnsErrors::noTopic);
    }

    private static boolean structured(@Nullable String structure) throws ServiceException {
        if (structure == null || structure.isEmpty()) {
            return false;
        }
        if (structure.equals("json")) {
            return true;
        }
        throw SnsErrors.invalid("MessageStructure");
    }

    private static Map<String, String> texts(String message) throws ServiceException {
        Map<String, String> texts = new HashMap<>();
        try {
            for (Map.Entry<String, JsonNode> one : JSON.readTree(message).properties()) {
                // Other protocols' parts may be objects; nobody here reads them.
                if (one.getValue().isTextual()) {
                    texts.put(one.getKey(), one.getValue().asText());
                }
            }
        } catch (JsonProcessingException e) {
            throw SnsErrors.invalid("Message Structure - JSON message body failed to parse");
        }
        if (!texts.containsKey("default")) {
            throw SnsErrors.invalid("Message Structure - No default entry in JSON message body");
        }
        return texts;
    }

    private static Optional<String> subject(@Nullable String subject) throws ServiceException {
        if (subject == null || subject.isEmpty()) {
            return Optional.empty();
        }
        boolean plain = subject.chars().noneMatch(Character::isISOControl);
        if (subject.length() > MOST_SUBJECT || !plain || subject.charAt(0) == ' ') {
            throw SnsErrors.invalid("Subject");
        }
        return Optional.of(subject);
    }

    private static Map<String, Attribute> attributes(@Nullable Map<String, MessageAttribute> given)
            throws ServiceException {
        Map<String, Attribute> attributes = new HashMap<>();
        if (given == null) {
            return attributes;
        }
        if (given.size() > MOST_ATTRIBUTES) {
            throw SnsErrors.invalid("MessageAttributes");
        }
        for (Map.Entry<String, MessageAttribute> one : given.entrySet()) {
            attributes.put(one.getKey(), attribute(one.getKey(), one.getValue()));
        }
        return attributes;
    }

    private static Attribute attribute(String name, MessageAttribute given) throws ServiceException {
        boolean binary = given.dataType().equals("Binary");
        String value = binary
                ? given.binaryValue() == null ? "" : Base64.getEncoder().encodeToString(given.binaryValue())
                : given.stringValue() == null ? "" : given.stringValue();
        if (!TYPES.contains(given.dataType()) || !name.matches("[A-Za-z0-9_.-]{1,256}")) {
            throw SnsErrors.invalid("MessageAttributes");
        }
        if (value.isEmpty()) {
            throw SnsErrors.invalid(
                    "The message attribute '" + name + "' must contain a non-empty message attribute value.");
        }
        return new Attribute(given.dataType(), value);
    }
}
