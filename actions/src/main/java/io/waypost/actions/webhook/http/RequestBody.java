package io.waypost.actions.webhook.http;

import io.waypost.message.MessageContent;

/** What a call carries. */
public sealed interface RequestBody {

    /** Bytes at hand. The array must not be changed afterwards. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Bytes(byte[] bytes) implements RequestBody {}

    /** A message, sent as it is read; never whole in memory. */
    record Streamed(MessageContent content) implements RequestBody {}
}
