package io.waypost.api.aws;

import io.waypost.message.Scope;
import java.util.Optional;

/**
 * Who asks, and whose state he asks about.
 *
 * @param scope the account of the key, and the region he signed for
 * @param accessKey the key's id; no secret
 * @param requestId a UUID, in the answer and in the log
 * @param sourceIp where he calls from, as far as that is known
 */
public record Caller(Scope scope, String accessKey, String requestId, Optional<String> sourceIp) {

    /** Somebody who calls from nobody knows where. */
    public Caller(Scope scope, String accessKey, String requestId) {
        this(scope, accessKey, requestId, Optional.empty());
    }

    Caller from(Optional<String> address) {
        return new Caller(scope, accessKey, requestId, address);
    }
}
