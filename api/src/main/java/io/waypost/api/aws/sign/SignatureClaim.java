package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.WireRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request says about its signature, before any of it is believed.
 *
 * @param query the request's
 * @param scope what was signed for
 * @param signedHeaders names in lower case, each once, in the order in which they were signed
 * @param signature as it was sent
 * @param time when it was signed
 * @param validFor how long a presigned request may be used; nothing in the header form, where it is the skew of clocks
 */
record SignatureClaim(
        Query query,
        CredentialScope scope,
        List<String> signedHeaders,
        String signature,
        SigningTime time,
        Optional<Duration> validFor) {

    // RFC 9110 5.6.2, in lower case.
    private static final Pattern NAMES = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z;-]+");
    private static final int MOST_HEADERS = 100;

    /**
     * Reads the one signature of a request.
     *
     * @throws AuthenticationException when there is none, more than one, or something of it is missing
     */
    static SignatureClaim of(WireRequest request) throws AuthenticationException {
        Query query = Query.of(request.query());
        List<String> authorization = request.headers().getOrDefault("authorization", List.of());
        boolean presigned = PresignedQuery.isIn(query);
        if (authorization.size() + (presigned ? 1 : 0) > 1) {
            throw Faults.severalMechanisms();
        }
        if (presigned) {
            return PresignedQuery.read(query);
        }
        if (authorization.isEmpty()) {
            throw Faults.missing();
        }
        return AuthorizationHeader.read(request, query, authorization.getFirst());
    }

    /** Whether a request says anything about who asks. */
    static boolean isIn(WireRequest request) throws AuthenticationException {
        return request.headers().containsKey("authorization") || PresignedQuery.isIn(Query.of(request.query()));
    }

    /** Splits the list of signed headers. */
    static List<String> names(String list) throws AuthenticationException {
        List<String> names = List.of(list.split(";", -1));
        if (!NAMES.matcher(list).matches()
                || names.contains("")
                || names.size() > MOST_HEADERS
                || new HashSet<>(names).size() < names.size()) {
            throw Faults.incomplete("SignedHeaders must be header names in lower case, each once, between semicolons.");
        }
        return names;
    }
}
