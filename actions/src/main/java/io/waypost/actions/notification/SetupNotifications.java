package io.waypost.actions.notification;

import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tries a topic when a rule is made that names it, as SES does (SES contract 2.4): its subscribers get a notification of a mail that
 * there never was, and know it by its id. Shared by all threads.
 */
public final class SetupNotifications {

    /** What consumers look for. */
    public static final String MESSAGE_ID = "AMAZON_SES_SETUP_NOTIFICATION";

    static final String SOURCE = "no-reply-aws@amazon.com";
    static final String RECIPIENT = "recipient@example.com";
    static final String SUBJECT = "Amazon SES Setup Notification";

    private final Topics topics;
    private final Publishing publishing;
    private final Clock clock;

    public SetupNotifications(Topics topics, Publishing publishing, Clock clock) {
        this.topics = topics;
        this.publishing = publishing;
        this.clock = clock;
    }

    /**
     * Publishes a setup notification; durable when it returns.
     *
     * @param actionFields the members of {@code receipt.action} but topicArn, {@code type} first
     * @return false when there is no such topic
     * @throws io.waypost.message.port.StoreUnavailableException when it cannot be published now
     */
    public boolean publish(String topicArn, Map<String, String> actionFields) throws IOException {
        Optional<Topic> topic = topics.find(topicArn);
        if (topic.isEmpty()) {
            return false;
        }
        Map<String, String> action = new LinkedHashMap<>();
        action.put("type", actionFields.getOrDefault("type", "SNS"));
        action.put("topicArn", topic.get().arn().toString());
        actionFields.forEach(action::putIfAbsent);
        String text = new String(ReceivedJson.setup(clock.instant(), action), StandardCharsets.UTF_8);
        TopicMessage message =
                TopicMessage.notification(topic.get().arn(), text, Optional.of(NotifyHandler.SUBJECT));
        return publishing.publish(message, Optional.empty()).isPresent();
    }
}
