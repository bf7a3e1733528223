package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The presigned form of a signature: everything stands in the query. */
final class PresignedQuery {

    static final String SIGNATURE = "X-Amz-Signature";
    static final String SECURITY_TOKEN = "X-Amz-Security-Token";

    private static final String ALGORITHM = "X-Amz-Algorithm";
    private static final String CREDENTIAL = "X-Amz-Credential";
    private static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";
    private static final String DATE = "X-Amz-Date";
    private static final String EXPIRES = "X-Amz-Expires";
    private static final List<String> REQUIRED =
            List.of(CREDENTIAL, SIGNATURE, SIGNED_HEADERS, DATE, EXPIRES, ALGORITHM);
    private static final long LONGEST_SECONDS = Duration.ofDays(7).toSeconds();

    private PresignedQuery() {}

    static boolean isIn(Query query) {
        return Stream.of(ALGORITHM, CREDENTIAL, SIGNATURE)
                .anyMatch(name -> !query.values(name).isEmpty());
    }

    static SignatureClaim read(Query query) throws AuthenticationException {
        StringBuilder words = new StringBuilder();
        for (String name : REQUIRED) {
            List<String> values = query.values(name);
            if (values.size() > 1) {
                throw Faults.incomplete("AWS query-string parameters must include '%s' only once.".formatted(name));
            }
            if (values.isEmpty() || values.getFirst().isEmpty()) {
                words.append("AWS query-string parameters must include '%s'. ".formatted(name));
            }
        }
        if (!words.isEmpty()) {
            throw Faults.incomplete(words + "Re-examine the query-string parameters.");
        }
        String algorithm = query.values(ALGORITHM).getFirst();
        if (!algorithm.equals(Signature.ALGORITHM)) {
            throw Faults.incomplete("Unsupported AWS 'algorithm': only %s for now. ".formatted(Signature.ALGORITHM));
        }
        return new SignatureClaim(
                query,
                CredentialScope.of(query.values(CREDENTIAL).getFirst()),
                SignatureClaim.names(query.values(SIGNED_HEADERS).getFirst()),
                query.values(SIGNATURE).getFirst(),
                SigningTime.of(query.values(DATE).getFirst()),
                Optional.of(expires(query.values(EXPIRES).getFirst())));
    }

    private static Duration expires(String text) throws AuthenticationException {
        if (!text.matches("[0-9]{1,18}")) {
            throw Faults.incomplete("X-Amz-Expires should be a number");
        }
        long seconds = Long.parseLong(text);
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw Faults.incomplete("X-Amz-Expires must be from 1 to %d seconds (a week)".formatted(LONGEST_SECONDS));
        }
        return Duration.ofSeconds(seconds);
    }
}
