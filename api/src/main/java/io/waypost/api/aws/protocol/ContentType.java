package io.waypost.api.aws.protocol;

import io.waypost.api.aws.WireRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the body of a request says it is.
 *
 * @param type in lower case, without parameters; empty when the request does not say
 */
public record ContentType(String type) {

    private static final Set<String> JSON =
            Set.of("", "application/json", "application/x-amz-json-1.0", "application/x-amz-json-1.1");

    /** @throws RefusedException when it says so twice, or the text is not in UTF-8 */
    public static ContentType of(WireRequest request) throws RefusedException {
        List<String> values = request.headers().getOrDefault("content-type", List.of());
        if (values.isEmpty()) {
            return new ContentType("");
        }
        if (values.size() > 1) {
            throw new RefusedException(Fault.MALFORMED, "The request has more than one Content-Type");
        }
        String[] parts = values.getFirst().toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                throw new RefusedException(Fault.MALFORMED, "The charset of a request is UTF-8");
            }
        }
        return new ContentType(parts[0].strip());
    }

    public boolean isForm() {
        return type.equals("application/x-www-form-urlencoded");
    }

    /** JSON, or what older clients send without saying what it is. */
    public boolean isJson() {
        return JSON.contains(type);
    }
}
