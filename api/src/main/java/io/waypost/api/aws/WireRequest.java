package io.waypost.api.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A whole HTTP request, as it came.
 *
 * @param method such as {@code POST}
 * @param path as sent, percent-encoded, without the query
 * @param query as sent, percent-encoded, without the question mark; empty when there is none
 * @param headers by name in lower case, the values of each in their order
 * @param body all of it; never changed
 * @param client where it came from
 */
public record WireRequest(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        byte[] body,
        ClientNetwork client) {

    /** A request from this machine. */
    public WireRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
        this(method, path, query, headers, body, ClientNetwork.LOCAL);
    }

    /** The only value of a header; nothing when it is absent or stands there twice. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
