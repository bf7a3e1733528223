package io.waypost.message.topic;

import java.util.List;

/**
 * A topic as a publisher sees it.
 *
 * @param arn its name
 * @param signature how its messages are signed
 * @param receivers the ids of its confirmed subscriptions
 */
public record Topic(TopicArn arn, Signature signature, List<String> receivers) {

    /** The digest below the RSA signature: SNS' SignatureVersion 1 and 2. */
    public enum Signature {
        SHA1("1", "SHA1withRSA"),
        SHA256("2", "SHA256withRSA");

        private final String version;
        private final String algorithm;

        Signature(String version, String algorithm) {
            this.version = version;
            this.algorithm = algorithm;
        }

        /** As SNS writes it. */
        public String version() {
            return version;
        }

        /** As the JDK calls it. */
        public String algorithm() {
            return algorithm;
        }
    }

    public Topic {
        receivers = List.copyOf(receivers);
    }
}
