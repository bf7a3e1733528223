package io.waypost.api.receiving;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.io.IOException;

/**
 * What rules may name, tried when a rule is made (SES contract 2.4). Implemented by whoever knows buckets, topics, functions and
 * identities. Calls block; each may be repeated.
 */
public interface ReceiptTargets {

    /**
     * Writes the object {@code AMAZON_SES_SETUP_NOTIFICATION} as the action would write a mail.
     *
     * @throws ServiceException InvalidS3Configuration, in SES' words
     */
    void tryBucket(Scope scope, ReceiptAction.S3Action action) throws ServiceException, IOException;

    /**
     * Publishes the set-up notification.
     *
     * @param json the notification
     * @throws ServiceException InvalidSnsTopic, in SES' words
     */
    void tryTopic(Scope scope, String topicArn, String json) throws ServiceException, IOException;

    /** Whether something here stands for the KMS key. */
    boolean knowsKey(String kmsKeyArn);

    boolean knowsTopic(Scope scope, String topicArn);

    /** Whether somebody carries out the function. */
    boolean knowsFunction(String functionArn);

    /** Whether the account may send as this address. */
    boolean isVerified(Scope scope, String address) throws IOException;
}
