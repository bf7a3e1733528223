package io.waypost.api.identity;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who hears what became of mail from an identity.
 *
 * @param forwarding whether bounces and complaints are forwarded by mail
 * @param topics the topic of each kind that has one, as ARN
 * @param withHeaders the kinds whose notifications show the mail's header
 */
public record Feedback(boolean forwarding, Map<Kind, String> topics, Set<Kind> withHeaders) {

    /** What can be told. */
    public enum Kind {
        BOUNCE("Bounce"),
        COMPLAINT("Complaint"),
        DELIVERY("Delivery");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word on the wire. */
        public String word() {
            return word;
        }
    }

    /** As SES begins: forwarded by mail, no topics. */
    public static final Feedback BY_MAIL = new Feedback(true, Map.of(), Set.of());

    public Feedback {
        topics = Map.copyOf(topics);
        withHeaders = Set.copyOf(withHeaders);
    }

    /**
     * Whether a bounce or complaint is forwarded by mail. Where nobody else would hear of it, it is, whatever was asked for
     * (SES: {@code PutEmailIdentityFeedbackAttributes}).
     */
    public boolean isForwarded(Kind kind) {
        return kind != Kind.DELIVERY && (forwarding || !topics.containsKey(kind));
    }

    public Feedback withForwarding(boolean on) {
        return new Feedback(on, topics, withHeaders);
    }

    public Feedback withTopic(Kind kind, Optional<String> topic) {
        Map<Kind, String> changed = new EnumMap<>(Kind.class);
        changed.putAll(topics);
        topic.ifPresentOrElse(arn -> changed.put(kind, arn), () -> changed.remove(kind));
        return new Feedback(forwarding, changed, withHeaders);
    }

    public Feedback withHeaders(Kind kind, boolean on) {
        Set<Kind> changed = EnumSet.noneOf(Kind.class);
        changed.addAll(withHeaders);
        if (on) {
            changed.add(kind);
        } else {
            changed.remove(kind);
        }
        return new Feedback(forwarding, topics, changed);
    }
}
