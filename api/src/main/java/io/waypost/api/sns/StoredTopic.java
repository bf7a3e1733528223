package io.waypost.api.sns;

import io.waypost.message.topic.Topic.Signature;
import io.waypost.message.topic.TopicArn;
import java.util.Map;

/**
 * A topic as it was set up.
 *
 * @param arn its name
 * @param attributes what SetTopicAttributes may change, by SNS' names; what has its default is absent
 * @param tags by key
 * @param configured whether it stands in the server's file
 */
record StoredTopic(TopicArn arn, Map<String, String> attributes, Map<String, String> tags, boolean configured) {

    static final String SIGNATURE_VERSION = "SignatureVersion";

    StoredTopic {
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
    }

    Signature signature() {
        return Signature.SHA256.version().equals(attributes.get(SIGNATURE_VERSION)) ? Signature.SHA256 : Signature.SHA1;
    }

    StoredTopic withAttributes(Map<String, String> changed) {
        return new StoredTopic(arn, changed, tags, configured);
    }

    StoredTopic withTags(Map<String, String> changed) {
        return new StoredTopic(arn, attributes, changed, configured);
    }
}
