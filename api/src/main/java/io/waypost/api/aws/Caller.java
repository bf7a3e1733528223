package io.waypost.api.aws;

import io.waypost.message.Scope;

/**
 * Who asks, and whose state he asks about.
 *
 * @param scope the account of the key, and the region he signed for
 * @param accessKey the key's id; no secret
 * @param requestId a UUID, in the answer and in the log
 */
public record Caller(Scope scope, String accessKey, String requestId) {}
