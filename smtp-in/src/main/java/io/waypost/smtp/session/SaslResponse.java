package io.waypost.smtp.session;

import io.waypost.smtp.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads what a client answers in an authentication exchange. */
final class SaslResponse {

    private SaslResponse() {}

    /**
     * The text of a response.
     *
     * @throws Refusal when it is not base64 exactly as RFC 4648 4 writes it (RFC 4954 4), or not UTF-8
     */
    static String text(String base64) throws Refusal {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        // The decoder forgives missing padding and stray bits at the end.
        if (!Base64.getEncoder().encodeToString(octets).equals(base64)) {
            throw malformed();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    /**
     * The message of PLAIN: {@code [authzid] NUL authcid NUL password} (RFC 4616 2).
     *
     * @return nothing when the client wants to act for somebody else than it is
     */
    static Optional<Credentials> plain(String base64) throws Refusal {
        String[] parts = text(base64).split("\0", -1);
        if (parts.length != 3) {
            throw malformed();
        }
        boolean forItself = parts[0].isEmpty() || parts[0].equals(parts[1]);
        return forItself ? Optional.of(new Credentials(parts[1], parts[2])) : Optional.empty();
    }

    private static Refusal malformed() {
        return Refusal.of("malformed-response", 501, "5.5.2", "Malformed authentication response");
    }
}
