package io.waypost.smtp.checks.dkim;

import io.waypost.message.Verdicts;
import io.waypost.smtp.checks.signature.Algorithm;
import io.waypost.smtp.checks.signature.Result;
import java.util.Optional;

/**
 * What became of one DKIM signature.
 *
 * @param domain {@code d=} in lower case and A-labels; empty where it cannot be read
 * @param selector {@code s=}, likewise
 * @param identity {@code i=}, where the signature has one: printable ASCII
 * @param algorithm empty where it cannot be read or is unknown
 * @param signaturePrefix the first eight characters of {@code b=}, by which results tell signatures apart (RFC 6008); fewer where
 *     there are not so many
 * @param reason one printable line; for a pass empty or a remark about the key
 */
public record DkimResult(
        Result result,
        String domain,
        String selector,
        Optional<String> identity,
        Optional<Algorithm> algorithm,
        String signaturePrefix,
        String reason) {

    /** As it is kept with the mail. */
    public Verdicts.Signature kept() {
        return new Verdicts.Signature(domain, selector, result.toString(), reason);
    }
}
