package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a request the one way in which it is signed, whatever happened to spaces and order on its way. */
final class CanonicalRequest {

    private CanonicalRequest() {}

    /**
     * The bytes whose hash is signed.
     *
     * @param query the request's
     * @param signedHeaders names in lower case; a header that is not there has no line
     */
    static byte[] of(WireRequest request, Query query, List<String> signedHeaders) throws AuthenticationException {
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(path(request.path())).append('\n');
        text.append(query.canonicalWithout(PresignedQuery.SIGNATURE)).append('\n');
        for (String name : signedHeaders) {
            List<String> values = request.headers().getOrDefault(name, List.of());
            if (!values.isEmpty()) {
                text.append(name).append(':').append(header(values)).append('\n');
            }
        }
        text.append('\n').append(String.join(";", signedHeaders)).append('\n');
        text.append(Sha256.hex(request.body()));
        // Each character of what came over the wire stands for one byte.
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    // Every service but S3 has the path encoded once more than it was sent. A path that its signer would have shortened
    // is refused:
    // it would be signed as one thing and carried out as another.
    private static String path(String sent) throws AuthenticationException {
        String path = sent.isEmpty() ? "/" : sent;
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean empty = segments[i].isEmpty() && i < segments.length - 1;
            if (empty || segments[i].equals(".") || segments[i].equals("..")) {
                throw Faults.wrongSignature("The path must not have empty segments, nor '.' and '..'.");
            }
        }
        return Percent.encode(path, "/");
    }

    private static String header(List<String> values) {
        List<String> folded = new ArrayList<>();
        for (String value : values) {
            folded.add(value.strip().replaceAll("[ \\t]+", " "));
        }
        return String.join(",", folded);
    }
}
