package io.waypost.api.sns;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.topic.TopicArn;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the ARNs of requests, and says whether they are the caller's. */
final class Arns {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Arns() {}

    /**
     * @param parameter its name in the request
     * @param operation for the words of a refusal
     */
    static TopicArn topic(Caller caller, String text, String parameter, String operation) throws ServiceException {
        TopicArn arn = TopicArn.parse(text).orElseThrow(() -> SnsErrors.invalid(parameter));
        check(caller, arn, text, parameter, operation);
        return arn;
    }

    /** A subscription's id. */
    static String subscription(Caller caller, String text, String operation) throws ServiceException {
        Optional<String> id = subscriptionId(text);
        if (id.isEmpty()) {
            throw SnsErrors.invalid("SubscriptionArn Reason: not the ARN of a subscription");
        }
        TopicArn topic =
                TopicArn.parse(text.substring(0, text.lastIndexOf(':'))).orElseThrow();
        check(caller, topic, text, "SubscriptionArn", operation);
        return id.get();
    }

    /** The id at the end of a subscription's ARN; nothing when it is none. */
    static Optional<String> subscriptionId(String arn) {
        int colon = arn.lastIndexOf(':');
        boolean right = colon > 0
                && ID.matcher(arn.substring(colon + 1)).matches()
                && TopicArn.parse(arn.substring(0, colon)).isPresent();
        return right ? Optional.of(arn.substring(colon + 1)) : Optional.empty();
    }

    private static void check(Caller caller, TopicArn topic, String text, String parameter, String operation)
            throws ServiceException {
        if (!topic.scope().account().equals(caller.scope().account())) {
            throw SnsErrors.notAuthorized(caller, operation, text);
        }
        if (!topic.scope().region().equals(caller.scope().region())) {
            throw SnsErrors.invalid(parameter);
        }
    }
}
