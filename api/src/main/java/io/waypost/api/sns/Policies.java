package io.waypost.api.sns;

import io.waypost.message.topic.TopicArn;

/** The policy that a topic has while nobody set another: its account may do everything. It is what holds in any case. */
final class Policies {

    private Policies() {}

    static String ofOwner(TopicArn arn) {
        return """
                {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow",\
                "Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:DeleteTopic","SNS:Subscribe",\
                "SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"%s",\
                "Condition":{"StringEquals":{"AWS:SourceOwner":"%s"}}}]}""".formatted(arn, arn.scope().account());
    }
}
