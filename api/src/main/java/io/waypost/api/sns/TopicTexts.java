package io.waypost.api.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.api.secret.Sealing;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.TopicArn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Topics and subscriptions as the store keeps them: JSON. Endpoints, which may hold a password, and tokens are sealed. Members that a
 * later version adds are passed over.
 */
final class TopicTexts {

    static final String TOPIC = "topic";
    static final String SUBSCRIPTION = "subscription";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sealing sealing;

    TopicTexts(Sealing sealing) {
        this.sealing = sealing;
    }

    static Key key(TopicArn topic) {
        return new Key(topic.scope(), TOPIC, topic.name());
    }

    static Key key(StoredSubscription subscription) {
        return new Key(
                subscription.topic().scope(), SUBSCRIPTION, subscription.topic().name() + ":" + subscription.id());
    }

    String text(StoredTopic topic) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        put(json, "attributes", topic.attributes());
        put(json, "tags", topic.tags());
        return written(json);
    }

    StoredTopic topic(Setting setting) throws IOException {
        JsonNode json = read(setting);
        Scope scope = setting.key().scope();
        return new StoredTopic(
                new TopicArn(scope, setting.key().name()), map(json, "attributes"), map(json, "tags"), false);
    }

    String text(StoredSubscription subscription) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("protocol", subscription.protocol().name());
        json.put("endpoint", sealed(subscription.endpoint(), subscription.arn() + " endpoint"));
        json.put("confirmed", subscription.confirmed());
        json.put("authenticated", subscription.authenticated());
        json.put("signedUnsubscribe", subscription.signedUnsubscribe());
        if (!subscription.token().isEmpty()) {
            json.put("token", sealed(subscription.token(), subscription.arn() + " token"));
        }
        json.put("askedAt", subscription.askedAt().toString());
        put(json, "attributes", subscription.attributes());
        return written(json);
    }

    StoredSubscription subscription(Setting setting) throws IOException {
        JsonNode json = read(setting);
        String name = setting.key().name();
        int colon = name.indexOf(':');
        TopicArn topic = new TopicArn(setting.key().scope(), name.substring(0, colon));
        String id = name.substring(colon + 1);
        String arn = topic + ":" + id;
        return new StoredSubscription(
                id,
                topic,
                Protocol.valueOf(json.path("protocol").asText()),
                opened(json.path("endpoint").asText(), arn + " endpoint"),
                false,
                json.path("confirmed").asBoolean(),
                json.path("authenticated").asBoolean(),
                json.path("signedUnsubscribe").asBoolean(),
                json.has("token") ? opened(json.path("token").asText(), arn + " token") : "",
                Instant.parse(json.path("askedAt").asText()),
                map(json, "attributes"));
    }

    private String sealed(String text, String belongsTo) throws IOException {
        return sealing.seal(text.getBytes(StandardCharsets.UTF_8), belongsTo);
    }

    private String opened(String text, String belongsTo) throws IOException {
        return new String(sealing.open(text, belongsTo), StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode json, String member, Map<String, String> map) {
        if (!map.isEmpty()) {
            ObjectNode object = json.putObject(member);
            new TreeMap<>(map).forEach(object::put);
        }
    }

    private static Map<String, String> map(JsonNode json, String member) {
        Map<String, String> map = new HashMap<>();
        json.path(member)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    private static String written(ObjectNode json) throws IOException {
        return JSON.writeValueAsString(json);
    }

    private static JsonNode read(Setting setting) throws IOException {
        try {
            return JSON.readTree(setting.text());
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the stored " + setting.key().kind() + " " + setting.key().name() + " cannot be read", e);
        }
    }
}
