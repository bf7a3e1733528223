package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.AuthenticationException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is wrong with a request, in AWS' words. None repeats what might be a secret in the wrong place. */
final class Faults {

    private Faults() {}

    static AuthenticationException missing() {
        return new AuthenticationException(Fault.MISSING, "Request is missing Authentication Token");
    }

    static AuthenticationException unknownKey() {
        return new AuthenticationException(Fault.UNKNOWN_KEY, "The security token included in the request is invalid.");
    }

    static AuthenticationException wrongSignature() {
        return wrongSignature("The request signature we calculated does not match the signature you provided."
                + " Check your AWS Secret Access Key and signing method."
                + " Consult the service documentation for details.");
    }

    static AuthenticationException wrongSignature(String words) {
        return new AuthenticationException(Fault.WRONG_SIGNATURE, words);
    }

    static AuthenticationException incomplete(String words) {
        return new AuthenticationException(Fault.INCOMPLETE, words);
    }

    static AuthenticationException expired(String words) {
        return new AuthenticationException(Fault.EXPIRED, words);
    }

    static AuthenticationException severalMechanisms() {
        return incomplete("Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter,"
                + " Signature query string parameter or the Authorization header should be specified");
    }

    static String invalidRegion(String region) {
        return "Credential should be scoped to a valid region, not '%s'. ".formatted(printable(region));
    }

    /** Text of a stranger, for an answer: ASCII, and not much of it. */
    static String printable(String text) {
        String shown = text.replaceAll("[^ -~]", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "...";
    }

    /** A text that nobody can read and its sender can recognise. */
    static String hashed(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
