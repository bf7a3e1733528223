package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import java.util.List;

/**
 * What a signature is good for, as the request says it: {@code KEY/DATE/REGION/SERVICE/aws4_request}.
 *
 * @param date eight digits when it is right
 */
record CredentialScope(String keyId, String date, String region, String service, String terminator) {

    static final String TERMINATOR = "aws4_request";

    private static final int ELEMENTS = 5;

    /** @throws AuthenticationException when it has not five elements */
    static CredentialScope of(String credential) throws AuthenticationException {
        List<String> elements = List.of(credential.split("/", -1));
        if (elements.size() != ELEMENTS || elements.stream().anyMatch(String::isEmpty)) {
            throw Faults.incomplete(
                    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term");
        }
        return new CredentialScope(elements.get(0), elements.get(1), elements.get(2), elements.get(3), elements.get(4));
    }

    /** What the signing key is made from, and what the text to sign names. */
    String text() {
        return String.join("/", date, region, service, terminator);
    }
}
