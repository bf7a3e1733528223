package io.waypost.actions.s3;

import io.waypost.message.MessageId;
import io.waypost.rules.Action;
import java.util.Optional;

/**
 * Stores the message as an object (SES S3Action).
 *
 * @param bucket a valid bucket name
 * @param prefix put in front of the message id with a slash between; may be empty
 * @param topic a topic that is told when the object is stored
 * @param encryption how the store shall encrypt it
 * @param kmsKey the KMS key that a rule of SES names; what stands for it here is the encryption
 */
public record S3Action(
        String bucket, String prefix, Optional<String> topic, Encryption encryption, Optional<String> kmsKey)
        implements Action {

    /** One that names no KMS key. */
    public S3Action(String bucket, String prefix, Optional<String> topic, Encryption encryption) {
        this(bucket, prefix, topic, encryption, Optional.empty());
    }

    static final String TYPE = "s3";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "s3:" + bucket;
    }

    /** The key is {@code prefix/id}; a prefix that ends in a slash gets no second one (SES contract 2.4). */
    @Override
    public Optional<StoredObject> storesAt(MessageId id) {
        String key = prefix.isEmpty() || prefix.endsWith("/") ? prefix + id : prefix + "/" + id;
        return Optional.of(new StoredObject(bucket, key));
    }
}
