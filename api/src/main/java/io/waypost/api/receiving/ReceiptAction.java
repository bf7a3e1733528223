package io.waypost.api.receiving;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SES' shape of a receipt action: exactly one of its members is there. */
public record ReceiptAction(
        @Nullable S3Action s3Action,
        @Nullable BounceAction bounceAction,
        @Nullable WorkmailAction workmailAction,
        @Nullable LambdaAction lambdaAction,
        @Nullable StopAction stopAction,
        @Nullable AddHeaderAction addHeaderAction,
        @Nullable SNSAction snsAction,
        @Nullable ConnectAction connectAction) {

    public record S3Action(
            @Nullable String topicArn,
            String bucketName,
            @Nullable String objectKeyPrefix,
            @Nullable String kmsKeyArn,
            @Nullable String iamRoleArn) {}

    public record BounceAction(
            @Nullable String topicArn,
            String smtpReplyCode,
            @Nullable String statusCode,
            String message,
            String sender) {}

    public record WorkmailAction(@Nullable String topicArn, String organizationArn) {}

    public record LambdaAction(
            @Nullable String topicArn,
            String functionArn,
            @Nullable String invocationType) {}

    public record StopAction(String scope, @Nullable String topicArn) {}

    public record AddHeaderAction(String headerName, String headerValue) {}

    public record SNSAction(String topicArn, @Nullable String encoding) {}

    public record ConnectAction(String instanceARN, String iamRoleARN) {}

    static final String EVENT = "Event";
    static final String UTF8 = "UTF-8";

    static ReceiptAction of(S3Action action) {
        return new ReceiptAction(action, null, null, null, null, null, null, null);
    }

    static ReceiptAction of(BounceAction action) {
        return new ReceiptAction(null, action, null, null, null, null, null, null);
    }

    static ReceiptAction of(LambdaAction action) {
        return new ReceiptAction(null, null, null, action, null, null, null, null);
    }

    static ReceiptAction of(StopAction action) {
        return new ReceiptAction(null, null, null, null, action, null, null, null);
    }

    static ReceiptAction of(AddHeaderAction action) {
        return new ReceiptAction(null, null, null, null, null, action, null, null);
    }

    static ReceiptAction of(SNSAction action) {
        return new ReceiptAction(null, null, null, null, null, null, action, null);
    }

    /** How many of its members are there. */
    long count() {
        return Stream.of(
                        s3Action,
                        bounceAction,
                        workmailAction,
                        lambdaAction,
                        stopAction,
                        addHeaderAction,
                        snsAction,
                        connectAction)
                .filter(Objects::nonNull)
                .count();
    }

    /** The topic that is told when it was done, or that is the action's own. */
    Optional<String> topic() {
        return Stream.of(
                        s3Action == null ? null : s3Action.topicArn,
                        bounceAction == null ? null : bounceAction.topicArn,
                        workmailAction == null ? null : workmailAction.topicArn,
                        lambdaAction == null ? null : lambdaAction.topicArn,
                        stopAction == null ? null : stopAction.topicArn,
                        snsAction == null ? null : snsAction.topicArn)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .findFirst();
    }

    /** The same with SES' defaults said. */
    ReceiptAction whole() {
        if (lambdaAction != null && lambdaAction.invocationType == null) {
            return of(new LambdaAction(lambdaAction.topicArn, lambdaAction.functionArn, EVENT));
        }
        if (snsAction != null && snsAction.encoding == null) {
            return of(new SNSAction(snsAction.topicArn, UTF8));
        }
        return this;
    }
}
