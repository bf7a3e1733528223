package io.waypost.smtp.checks.results;

import io.waypost.smtp.checks.results.MethodResult.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the Authentication-Results field (RFC 8601 2.2), in the look of Amazon SES as far as the grammar goes along. Pure. Whatever
 * a sender put into values, reasons and comments, a reader finds exactly the methods and results that were given.
 */
public final class AuthenticationResults {

    public static final String NAME = "Authentication-Results";

    /** RFC 5322 2.1.1, without the line end. */
    private static final int PREFERRED_LINE = 78;

    private AuthenticationResults() {}

    /**
     * The whole field, folded, with the CRLF at its end. No line has more than 998 octets (RFC 5322 2.1.1); only a single long value
     * makes one longer than 78.
     *
     * @param authservId our host's name
     * @param results in the order in which they shall stand; none is said as {@code none}
     * @param utf8 the mail came with SMTPUTF8: characters beyond ASCII may stand as UTF-8 (RFC 8616 3, RFC 6532)
     */
    public static String field(String authservId, List<MethodResult> results, boolean utf8) {
        StringBuilder out = new StringBuilder(256);
        out.append(NAME).append(": ").append(FieldText.value(authservId, utf8));
        if (results.isEmpty()) {
            out.append("; none");
        }
        for (MethodResult result : results) {
            out.append(";\r\n ");
            statement(out, pieces(result, utf8));
        }
        return out.append("\r\n").toString();
    }

    private static List<String> pieces(MethodResult result, boolean utf8) {
        List<String> pieces = new ArrayList<>();
        pieces.add(result.method() + "=" + result.result());
        result.comment()
                .filter(comment -> !comment.isEmpty())
                .ifPresent(comment ->
                        pieces.addAll(List.of(FieldText.comment(comment, utf8).split(" ", -1))));
        result.reason().ifPresent(reason -> pieces.add("reason=" + FieldText.value(reason, utf8)));
        for (Property property : result.properties()) {
            pieces.add(property.type() + "." + property.name() + "=" + FieldText.propertyValue(property.value(), utf8));
        }
        return pieces;
    }

    /** Pieces with a blank between, on as many lines as they need. */
    private static void statement(StringBuilder out, List<String> pieces) {
        int column = 1;
        boolean first = true;
        for (String piece : pieces) {
            int width = piece.getBytes(StandardCharsets.UTF_8).length;
            // A comment's blanks may follow each other: a line of nothing but blanks is no folding (RFC 5322 3.2.2).
            boolean fold = !first && width > 0 && column + 1 + width >= PREFERRED_LINE;
            if (!first) {
                out.append(fold ? "\r\n " : " ");
            }
            out.append(piece);
            column = (fold ? 1 : column + (first ? 0 : 1)) + width;
            first = false;
        }
    }
}
