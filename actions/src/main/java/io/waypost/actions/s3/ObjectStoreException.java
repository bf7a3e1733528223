package io.waypost.actions.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * An object store answered, and did not store the object. Its message says what the operator can mend. Never taken as
 * permanent: buckets are made, keys are mended, disks are emptied.
 */
final class ObjectStoreException extends IOException {

    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> retryAfter;

    ObjectStoreException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    ObjectStoreException(String message) {
        this(message, Optional.empty());
    }

    /** The store's own wish (Retry-After of a 503 SlowDown). */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
