package io.waypost.smtp.checks;

import io.waypost.message.Verdicts;
import io.waypost.smtp.Refusal;
import java.util.Optional;

/**
 * What an examination ends with.
 *
 * @param verdicts for the rules, the store, and applications
 * @param traceFields header fields that tell the verdicts and prove the reception, complete lines ended by CRLF, put below Received and above the mail
 * @param refusal a check that had to be carried out could not be, and the operator wants no mail without it; never because of a
 *     verdict, which is the rules' business
 */
public record Findings(Verdicts verdicts, String traceFields, Optional<Refusal> refusal) {

    /** Of a mail that nobody looked at. */
    public static final Findings NONE = new Findings(Verdicts.NONE, "", Optional.empty());
}
