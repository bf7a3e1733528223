package io.waypost.actions.webhook;

import io.waypost.message.Client;
import io.waypost.message.EffectKey;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.Draft;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import io.waypost.rules.Rule;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Effects as the core hands them to an action. */
public final class EffectSamples {

    public static final MessageId ID = new MessageId("0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t");
    public static final Instant ACCEPTED = Instant.parse("2026-11-23T08:00:00.123Z");
    public static final Instant NOW = Instant.parse("2026-11-23T08:00:01.500Z");
    public static final RuleSetVersion VERSION = new RuleSetVersion("production", 3);

    private EffectSamples() {}

    /** An action that only says where it put the message. */
    public record Stores(String bucket, String prefix) implements Action {
        @Override
        public String type() {
            return "s3";
        }

        @Override
        public String destination() {
            return "s3:" + bucket;
        }

        @Override
        public Optional<StoredObject> storesAt(MessageId id) {
            return Optional.of(new StoredObject(bucket, prefix + id));
        }
    }

    /** The effect of the last of these actions. */
    public static Effect effect(MessageContent content, Action... actions) {
        return effect(content, 1, actions);
    }

    public static Effect effect(MessageContent content, int attempt, Action... actions) {
        List<EmailAddress> matched = List.of(EmailAddress.of("help@example.com"));
        Client client = new Client(
                InetAddress.ofLiteral("192.0.2.25"),
                4711,
                "mx.sender.example",
                "ESMTPS",
                Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384")));
        Envelope envelope = Envelope.of(
                ReversePath.parse("alice@sender.example"),
                List.of(EmailAddress.of("help@example.com"), EmailAddress.of("other@example.com")),
                client);
        Plan.PlannedRun run = new Plan.PlannedRun("tickets", matched, OptionalInt.empty(), "");
        Mail mail = new Mail(
                ID, Line.INBOUND, ACCEPTED, envelope, content.size(), new Plan(VERSION, List.of(run), Map.of()));
        Rule rule = new Rule(
                "tickets", true, List.of(), TlsPolicy.OPTIONAL, Condition.ALWAYS, Condition.ALWAYS, List.of(actions));
        EffectKey key = new EffectKey(ID, VERSION, "tickets", actions.length - 1);
        return new Effect(key, attempt, NOW, mail, run, rule, content, new NoRevisions());
    }

    /** Lines joined by CRLF, as a message stands in the store. */
    public static MessageContent message(String... lines) {
        return MessageContent.of((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static final class NoRevisions implements Effect.Revisions {
        @Override
        public Draft draft() {
            throw new AssertionError("this action must not change the message");
        }

        @Override
        public void replaceWith(Draft draft) {
            throw new AssertionError("this action must not change the message");
        }
    }
}
