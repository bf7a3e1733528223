package io.waypost.smtp.checks.spf;

import io.waypost.smtp.checks.spf.SpfResult.Result;

/**
 * A mechanism and what a match means (RFC 7208 4.6.2).
 *
 * @param text as it stands in the record, cut to a length for people
 */
record Directive(Result result, Mechanism mechanism, String text) {

    static Directive parse(String term) throws SpfError {
        Result result =
                switch (term.charAt(0)) {
                    case '-' -> Result.FAIL;
                    case '~' -> Result.SOFTFAIL;
                    case '?' -> Result.NEUTRAL;
                    default -> Result.PASS;
                };
        boolean isQualified = result != Result.PASS || term.charAt(0) == '+';
        return new Directive(
                result, MechanismParser.parse(isQualified ? term.substring(1) : term), SafeText.quotation(term));
    }
}
