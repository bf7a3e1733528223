package io.waypost.api.sns;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.ServiceException;

/** Errors in the words of SNS. */
final class SnsErrors {

    private SnsErrors() {}

    /** @param what the parameter, and perhaps more: {@code Subject}, {@code Attributes Reason: ...} */
    static ServiceException invalid(String what) {
        return new ServiceException("InvalidParameterException", "Invalid parameter: " + what);
    }

    static ServiceException noTopic() {
        return new ServiceException("NotFoundException", "Topic does not exist");
    }

    static ServiceException noSubscription() {
        return new ServiceException("NotFoundException", "Subscription does not exist");
    }

    static ServiceException noResource() {
        return new ServiceException("ResourceNotFoundException", "Resource does not exist");
    }

    static ServiceException notAuthorized(Caller caller, String operation, String resource) {
        return new ServiceException(
                "AuthorizationErrorException",
                "User: arn:aws:iam::" + caller.scope().account() + ":root is not authorized to perform: SNS:"
                        + operation + " on resource: " + resource);
    }

    static ServiceException readOnly(String what) {
        return new ServiceException(
                "AuthorizationErrorException", what + " stands in the server's file and can be changed only there");
    }

    static ServiceException tooManyTopics(int most) {
        return new ServiceException("TopicLimitExceededException", "An account can have at most " + most + " topics");
    }

    static ServiceException tooManySubscriptions(int most) {
        return new ServiceException(
                "SubscriptionLimitExceededException", "A topic can have at most " + most + " subscriptions");
    }

    static ServiceException tooManyTags(int most) {
        return new ServiceException("TagLimitExceededException", "A topic can have at most " + most + " tags");
    }
}
