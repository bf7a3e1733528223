package io.waypost.api.aws.sign;

import java.io.IOException;
import java.util.Optional;

/** Where keys are looked up, once for each request; safe for all threads. */
@FunctionalInterface
public interface AccessKeys {

    /**
     * The key with an id; nothing when there is none.
     *
     * @param id as a request says it: any text
     * @throws IOException when keys cannot be read now, with the reason in one line
     */
    Optional<AccessKey> find(String id) throws IOException;

    /** These, and where they have none, others. */
    default AccessKeys or(AccessKeys others) {
        return id -> {
            Optional<AccessKey> key = find(id);
            return key.isPresent() ? key : others.find(id);
        };
    }
}
