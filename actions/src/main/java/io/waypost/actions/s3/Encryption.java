package io.waypost.actions.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the object store shall encrypt an object at rest (S3 server-side encryption); SSE-C is not offered: its key would travel. */
public sealed interface Encryption {

    /** Whatever the bucket's own default is. */
    Encryption BUCKET_DEFAULT = new BucketDefault();

    /** Request headers that ask for it. */
    Map<String, String> headers();

    record BucketDefault() implements Encryption {
        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }

    /** Keys that the store keeps (SSE-S3, AES-256). */
    record StoreKeys() implements Encryption {
        @Override
        public Map<String, String> headers() {
            return Map.of("x-amz-server-side-encryption", "AES256");
        }
    }

    /**
     * A key of the store's key management service (SSE-KMS).
     *
     * @param key its id or ARN; empty takes the service's default key
     */
    record KeyService(Optional<String> key) implements Encryption {
        @Override
        public Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("x-amz-server-side-encryption", "aws:kms");
            key.ifPresent(id -> headers.put("x-amz-server-side-encryption-aws-kms-key-id", id));
            return headers;
        }
    }
}
