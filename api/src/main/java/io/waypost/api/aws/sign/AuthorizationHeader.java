package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.WireRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The header form of a signature: {@code Authorization: AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...}. */
final class AuthorizationHeader {

    private static final String SCHEME_PREFIX = "AWS4-";
    private static final List<String> REQUIRED = List.of("Credential", "Signature", "SignedHeaders");

    private AuthorizationHeader() {}

    static SignatureClaim read(WireRequest request, Query query, String header) throws AuthenticationException {
        String stripped = header.strip();
        int space = stripped.indexOf(' ');
        String algorithm = space < 0 ? stripped : stripped.substring(0, space);
        if (!algorithm.startsWith(SCHEME_PREFIX)) {
            throw Faults.missing();
        }
        Map<String, String> parameters = parameters(space < 0 ? "" : stripped.substring(space), header);
        List<String> amzDates = request.headers().getOrDefault("x-amz-date", List.of());
        List<String> dates = request.headers().getOrDefault("date", List.of());
        refuseMissing(parameters, amzDates.isEmpty() && dates.isEmpty(), header);
        if (!algorithm.equals(Signature.ALGORITHM)) {
            throw Faults.incomplete("Unsupported AWS 'algorithm': '%s' (only %s for now). "
                    .formatted(Faults.printable(algorithm), Signature.ALGORITHM));
        }
        if (amzDates.size() > 1 || (amzDates.isEmpty() && dates.size() > 1)) {
            throw Faults.incomplete("Authorization header requires only one 'X-Amz-Date' or 'Date' header.");
        }
        return new SignatureClaim(
                query,
                CredentialScope.of(parameters.getOrDefault("Credential", "")),
                SignatureClaim.names(parameters.getOrDefault("SignedHeaders", "")),
                parameters.getOrDefault("Signature", ""),
                amzDates.isEmpty() ? SigningTime.ofHttp(dates.getFirst()) : SigningTime.of(amzDates.getFirst()),
                Optional.empty());
    }

    private static Map<String, String> parameters(String text, String header) throws AuthenticationException {
        Map<String, String> parameters = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String pair = part.strip();
            int equals = pair.indexOf('=');
            if (equals < 0 && !pair.isEmpty()) {
                throw Faults.incomplete(
                        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '%s'."
                                .formatted(Faults.hashed(header)));
            }
            if (equals >= 0 && parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw Faults.incomplete("Authorization header has the parameter '%s' twice."
                        .formatted(Faults.printable(pair.substring(0, equals))));
            }
        }
        return parameters;
    }

    private static void refuseMissing(Map<String, String> parameters, boolean noDate, String header)
            throws AuthenticationException {
        StringBuilder words = new StringBuilder();
        for (String name : REQUIRED) {
            if (parameters.getOrDefault(name, "").isEmpty()) {
                words.append("Authorization header requires '%s' parameter. ".formatted(name));
            }
        }
        if (noDate) {
            words.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        if (!words.isEmpty()) {
            throw Faults.incomplete(
                    words + "(Hashed with SHA-256 and encoded with Base64) Authorization=" + Faults.hashed(header));
        }
    }
}
