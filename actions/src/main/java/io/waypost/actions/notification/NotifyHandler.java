package io.waypost.actions.notification;

import io.waypost.actions.ActionNotices;
import io.waypost.actions.fields.Names;
import io.waypost.actions.notification.NotifyAction.Content;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import io.waypost.message.mime.MailReader;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Publishing.Published;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.Topics;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out {@code notify: { topic: NAME, content: none }}, and publishes for other actions that name a topic. Shared by all
 * threads.
 *
 * <p>It is done when the publication is durable: each subscription then has attempts of its own. A repeat of the effect publishes
 * nothing again.
 */
public final class NotifyHandler implements ActionHandler<NotifyAction>, ActionNotices {

    /** SES' limit for a mail inside a notification. */
    static final int MOST_CONTENT = 150 * 1024;

    /** The subject that SES gives its receipt notifications. */
    static final String SUBJECT = "Amazon SES Email Receipt Notification";

    private final Names names;
    private final Topics topics;
    private final Publishing publishing;
    private final ReceivedJson json;

    /**
     * @param names the topics that rules may name
     * @param topics those there are
     * @param publishing takes the notifications
     * @param reader reads the mails' headers
     */
    public NotifyHandler(Names names, Topics topics, Publishing publishing, MailReader reader) {
        this.names = names;
        this.topics = topics;
        this.publishing = publishing;
        this.json = new ReceivedJson(reader);
    }

    @Override
    public String type() {
        return NotifyAction.TYPE;
    }

    @Override
    public Class<NotifyAction> actionClass() {
        return NotifyAction.class;
    }

    @Override
    public Optional<NotifyAction> read(Node node, Problems problems) {
        Fields fields = node.fields(problems);
        Optional<String> topic = names.required(fields, "topic");
        Content content = fields.choice("content", Content.class, Content.NONE);
        fields.finish();
        return topic.map(name -> new NotifyAction(name, content));
    }

    @Override
    public Outcome perform(NotifyAction action, Effect effect) throws Exception {
        if (action.content() != Content.NONE && effect.content().size() > MOST_CONTENT) {
            return Outcome.failed(
                    "the mail has " + effect.content().size() + " bytes, and a notification carries at most "
                            + MOST_CONTENT + "; store it with s3 and notify without content");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", "SNS");
        if (action.content() != Content.NONE) {
            fields.put("encoding", action.content().name());
        }
        return publish(action.topic(), fields, action.content(), effect);
    }

    @Override
    public Names topics() {
        return names;
    }

    @Override
    public Outcome publish(String topic, Map<String, String> actionFields, Effect effect) throws Exception {
        return publish(topic, actionFields, Content.NONE, effect);
    }

    private Outcome publish(String topic, Map<String, String> actionFields, Content content, Effect effect)
            throws Exception {
        Optional<Topic> found = topics.find(topic);
        if (found.isEmpty()) {
            return missing(topic);
        }
        if (found.get().receivers().isEmpty()) {
            return Outcome.done("topic " + topic + " has no subscribers");
        }
        String arn = found.get().arn().toString();
        byte[] text = json.notification(effect, withTopic(actionFields, arn), content);
        TopicMessage message = TopicMessage.notification(
                found.get().arn(), new String(text, StandardCharsets.UTF_8), Optional.of(SUBJECT));
        Optional<Published> published = publishing.publish(message, Optional.of("notify/" + effect.key()));
        return published
                .map(as -> Outcome.done("published to topic " + topic + " as " + as.publication() + ", subscribers: "
                        + as.subscriptions()))
                .orElseGet(() -> missing(topic));
    }

    private static Outcome missing(String topic) {
        return Outcome.failed("there is no topic '" + topic + "' any more");
    }

    // SES writes the topic behind the type.
    private static Map<String, String> withTopic(Map<String, String> actionFields, String arn) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("type", actionFields.getOrDefault("type", ""));
        all.put("topicArn", arn);
        actionFields.forEach(all::putIfAbsent);
        return all;
    }

    /** The event that SES hands to a Lambda function; {@code action} are the members of {@code receipt.action}. */
    public byte[] lambdaEvent(Map<String, String> action, Effect effect) throws IOException {
        return json.lambdaEvent(effect, action);
    }

    /**
     * The event that SES hands to a Lambda function, for webhooks of format {@code ses}.
     *
     * @param functionName stands for the function in its ARN
     * @param waits whether the answer decides (RequestResponse) or not (Event)
     */
    public byte[] lambdaEvent(String functionName, boolean waits, Effect effect) throws IOException {
        Map<String, String> action = new LinkedHashMap<>();
        action.put("type", "Lambda");
        action.put("functionArn", "arn:aws:lambda:us-east-1:000000000000:function:" + functionName);
        action.put("invocationType", waits ? "RequestResponse" : "Event");
        return json.lambdaEvent(effect, action);
    }
}
