package io.waypost.api.aws;

import java.util.Map;

/**
 * A whole HTTP answer.
 *
 * @param headers by name, Content-Type among them
 * @param body all of it
 */
public record WireResponse(int status, Map<String, String> headers, byte[] body) {}
