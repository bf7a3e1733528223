package io.waypost.server;

import io.waypost.actions.lambda.FunctionArn;
import io.waypost.actions.s3.Encryption;
import io.waypost.actions.s3.KmsKeys;
import io.waypost.actions.s3.ObjectStore;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.receiving.ReceiptAction;
import io.waypost.api.receiving.ReceiptTargets;
import io.waypost.api.receiving.SetupNotification;
import io.waypost.message.MessageContent;
import io.waypost.message.Scope;
import io.waypost.rules.Action;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Buckets, keys, topics, functions and identities, tried as rules will use them. */
final class RuleTargets implements ReceiptTargets {

    private static final Logger LOG = LoggerFactory.getLogger(RuleTargets.class);

    private final ObjectStore objects;
    private final KmsKeys keys;
    private final Set<String> functions;
    private final Topics topics;
    private final BiPredicate<Scope, String> verified;
    private final Clock clock;

    /** Topics by ARN. */
    interface Topics {

        boolean exists(Scope scope, String arn);

        /** Takes a notification; durable when it returns. */
        void publish(Scope scope, String arn, String subject, String message) throws IOException;
    }

    /** @param verified whether an account may send as an address */
    RuleTargets(
            ObjectStore objects,
            KmsKeys keys,
            Set<String> functions,
            Topics topics,
            BiPredicate<Scope, String> verified,
            Clock clock) {
        this.objects = objects;
        this.keys = keys;
        this.functions = functions;
        this.topics = topics;
        this.verified = verified;
        this.clock = clock;
    }

    @Override
    public void tryBucket(Scope scope, ReceiptAction.S3Action action) throws ServiceException, IOException {
        String prefix = action.objectKeyPrefix() == null ? "" : action.objectKeyPrefix();
        Encryption encryption =
                action.kmsKeyArn() == null ? Encryption.BUCKET_DEFAULT : keys.encryption(action.kmsKeyArn());
        try {
            objects.put(
                    new Action.StoredObject(action.bucketName(), SetupNotification.key(prefix)),
                    MessageContent.of(SetupNotification.object(clock.instant())),
                    encryption);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing to a bucket");
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("a rule of {} was refused: bucket {}: {}", scope, action.bucketName(), Faults.inOneLine(e));
            throw new ServiceException(
                    "InvalidS3ConfigurationException",
                    "Could not write to bucket: " + action.bucketName(),
                    Map.of("Bucket", action.bucketName()));
        }
    }

    @Override
    public void tryTopic(Scope scope, String topicArn, String json) throws IOException {
        topics.publish(scope, topicArn, "Amazon SES Email Receipt Notification", json);
    }

    @Override
    public boolean knowsKey(String kmsKeyArn) {
        return objects.encrypts() && keys.byArn().containsKey(kmsKeyArn);
    }

    @Override
    public boolean knowsTopic(Scope scope, String topicArn) {
        return topics.exists(scope, topicArn);
    }

    @Override
    public boolean knowsFunction(String functionArn) {
        try {
            return functions.contains(FunctionArn.of(functionArn).name());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public boolean isVerified(Scope scope, String address) {
        return verified.test(scope, address);
    }
}
