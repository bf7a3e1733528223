package io.waypost.actions.webhook.http;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answered.
 *
 * @param status the status code
 * @param retryAfter the Retry-After field as sent
 * @param body the first bytes of the body, at most {@link #MOST_BODY}
 * @param complete whether that is all of it; false when more was sent, or did not come in time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record HttpAnswer(int status, @Nullable String retryAfter, byte[] body, boolean complete) {

    /** How much of an answer's body is read. */
    public static final int MOST_BODY = 64 * 1024;
}
