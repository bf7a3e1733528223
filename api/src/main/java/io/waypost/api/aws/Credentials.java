package io.waypost.api.aws;

/** Says whose request it is. */
@FunctionalInterface
public interface Credentials {

    /**
     * Whose request this is, its signature checked (AWS Signature Version 4).
     *
     * @param signingName the service that a scope must name: {@code ses}, {@code sns}
     * @param requestId for the caller
     * @throws AuthenticationException why it is nobody's
     * @throws java.io.UncheckedIOException keys cannot be read now; the caller hears of an internal failure, the log has the reason
     */
    Caller caller(WireRequest request, String signingName, String requestId) throws AuthenticationException;
}
