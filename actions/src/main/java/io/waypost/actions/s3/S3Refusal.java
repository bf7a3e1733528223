package io.waypost.actions.s3;

import io.minio.Xml;
import io.minio.errors.XmlParserException;
import io.minio.messages.ErrorResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** An S3 error answer in words that say what the operator can mend. */
final class S3Refusal {

    private static final long BODY_LIMIT = 16 * 1024;

    private S3Refusal() {}

    static ObjectStoreException of(Response response, String bucket, S3Settings settings) throws IOException {
        String said = response.peekBody(BODY_LIMIT).string();
        @Nullable ErrorResponse error = parse(said);
        String code = error == null || error.code() == null ? "" : printable(error.code(), 80);
        String words =
                switch (code) {
                    case "NoSuchBucket" -> "there is no bucket '" + bucket + "' at " + settings.endpoint();
                    case "AccessDenied" -> "the access key may not write to bucket '" + bucket + "'";
                    case "InvalidAccessKeyId" -> "the store does not know the access key";
                    case "SignatureDoesNotMatch" -> "the secret key does not fit the access key";
                    case "RequestTimeTooSkewed" -> "the clocks of this machine and of the store differ too much";
                    case "AuthorizationHeaderMalformed" ->
                        "the store expects another region than '" + settings.region() + "'";
                    default ->
                        response.isRedirect() || response.code() == 301
                                ? "the store redirects; is the endpoint or the region right?"
                                : "bucket '" + bucket + "' was not written to";
                };
        String message = error == null || error.message() == null ? "" : ": " + printable(error.message(), 200);
        return new ObjectStoreException(
                words + " (" + response.code() + (code.isEmpty() ? "" : " " + code) + message + ")",
                retryAfter(response));
    }

    private static @Nullable ErrorResponse parse(String text) {
        if (!text.contains("<Error")) {
            return null;
        }
        try {
            return Xml.unmarshal(ErrorResponse.class, text);
        } catch (XmlParserException e) {
            // The status says enough.
            return null;
        }
    }

    // RFC 9110 10.2.3; stores send seconds.
    private static Optional<Duration> retryAfter(Response response) {
        String value = response.header("Retry-After", "");
        return value != null && value.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : Optional.empty();
    }

    /** What a stranger said, fit for a log line. */
    static String printable(String text, int most) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= most ? clean : clean.substring(0, most) + "...";
    }
}
