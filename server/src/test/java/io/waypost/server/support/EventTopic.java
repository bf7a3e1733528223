package io.waypost.server.support;

import static org.awaitility.Awaitility.await;

import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sns.SnsClient;

/** The topic of the events that mails have under the configuration set {@code main}. */
public final class EventTopic {

    private EventTopic() {}

    /** Makes set, topic and a subscription of a consumer, and returns when that is confirmed. */
    public static void follow(SesV2Client ses, SnsClient sns, SnsSink consumer, EventType... types) {
        String topic = sns.createTopic(r -> r.name("events")).topicArn();
        sns.subscribe(r -> r.topicArn(topic).protocol("http").endpoint(consumer.url()));
        ses.createConfigurationSet(r -> r.configurationSetName("main"));
        ses.createConfigurationSetEventDestination(
                r -> r.configurationSetName("main").eventDestinationName("all").eventDestination(d -> d.enabled(true)
                        .matchingEventTypes(types)
                        .snsDestination(s -> s.topicArn(topic))));
        await().until(() -> sns.listSubscriptions()
                .subscriptions()
                .getFirst()
                .subscriptionArn()
                .startsWith("arn:"));
    }
}
