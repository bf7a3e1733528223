package io.waypost.api.receiving;

import io.waypost.api.aws.ServiceException;
import io.waypost.config.text.Problems;
import io.waypost.message.Scope;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFileReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a rule may be kept: its form first, then what it names (SES contract 2.1, 2.4). */
final class RuleCheck {

    static final int MOST_ACTIONS = 10;
    static final int MOST_RECIPIENTS = 100;

    private static final String VALIDATION = "1 validation error detected: Value at '";

    private final RuleFileReader reader;
    private final ReceiptTargets targets;
    private final Clock clock;

    /** @param reader judges what a rule says as it judges a rule file */
    RuleCheck(RuleFileReader reader, ReceiptTargets targets, Clock clock) {
        this.reader = reader;
        this.targets = targets;
        this.clock = clock;
    }

    /** @throws ServiceException when the rule cannot be kept; SES' words where it has any */
    void form(Scope scope, ReceiptRule rule) throws ServiceException, IOException {
        RuleNames.checked("rule.name", rule.name());
        if (rule.steps().size() > MOST_ACTIONS) {
            throw new ServiceException("LimitExceededException", "Too many actions in rule: " + rule.name());
        }
        if (rule.patterns().size() > MOST_RECIPIENTS) {
            throw new ServiceException("LimitExceededException", "Too many recipients in rule: " + rule.name());
        }
        for (ReceiptAction action : rule.steps()) {
            form(scope, action);
        }
        Problems problems = new Problems();
        if (reader.read("rule", RuleSetText.of("check", List.of(rule)), Ownership.NOT_ASKED, problems)
                .isEmpty()) {
            throw ServiceException.invalidParameter(
                    "Rule " + rule.name() + ": " + problems.all().getFirst().fault());
        }
    }

    private void form(Scope scope, ReceiptAction action) throws ServiceException, IOException {
        if (action.count() != 1) {
            throw ServiceException.invalidParameter("Exactly one action must be specified in each receipt action");
        }
        if (action.workmailAction() != null) {
            throw ServiceException.invalidParameter("WorkMail is not available here: WorkmailAction");
        }
        if (action.connectAction() != null) {
            throw ServiceException.invalidParameter("Amazon Connect is not available here: ConnectAction");
        }
        if (action.s3Action() != null
                && action.s3Action().kmsKeyArn() != null
                && !targets.knowsKey(action.s3Action().kmsKeyArn())) {
            throw new ServiceException(
                    "InvalidS3ConfigurationException",
                    "Unable to use AWS KMS key: " + action.s3Action().kmsKeyArn(),
                    Map.of("Bucket", action.s3Action().bucketName()));
        }
        if (action.lambdaAction() != null
                && !targets.knowsFunction(action.lambdaAction().functionArn())) {
            String function = action.lambdaAction().functionArn();
            throw new ServiceException(
                    "InvalidLambdaFunctionException",
                    "Invalid Lambda function: " + function,
                    Map.of("FunctionArn", function));
        }
        Optional<String> topic = action.topic();
        if (topic.isPresent() && !targets.knowsTopic(scope, topic.get())) {
            throw new ServiceException(
                    "InvalidSnsTopicException", "Invalid SNS topic: " + topic.get(), Map.of("Topic", topic.get()));
        }
        if (action.bounceAction() != null
                && !targets.isVerified(scope, action.bounceAction().sender())) {
            throw ServiceException.invalidParameter(
                    "Identity is not verified: " + action.bounceAction().sender());
        }
        if (action.stopAction() != null && !action.stopAction().scope().equals("RuleSet")) {
            throw new ServiceException(
                    "ValidationError",
                    VALIDATION
                            + "rule.actions.1.member.stopAction.scope' failed to satisfy constraint: Member must satisfy enum value set: [RuleSet]");
        }
    }

    /**
     * Tries what the rule names: an object is written to each bucket, a notification sent to each topic.
     *
     * @throws ServiceException what cannot be used
     */
    void targets(Scope scope, ReceiptRule rule) throws ServiceException, IOException {
        for (ReceiptAction action : rule.steps()) {
            if (action.s3Action() != null) {
                targets.tryBucket(scope, action.s3Action());
            }
            if (action.topic().isPresent()) {
                String topic = action.topic().get();
                targets.tryTopic(scope, topic, SetupNotification.notification(topic, type(action), clock.instant()));
            }
        }
    }

    private static String type(ReceiptAction action) {
        if (action.s3Action() != null) {
            return "S3";
        }
        if (action.bounceAction() != null) {
            return "Bounce";
        }
        if (action.lambdaAction() != null) {
            return "Lambda";
        }
        return action.stopAction() == null ? "SNS" : "Stop";
    }
}
