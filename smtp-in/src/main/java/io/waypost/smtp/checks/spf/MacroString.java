package io.waypost.smtp.checks.spf;

import java.util.List;

/**
 * A text with macros (RFC 7208 7), already checked.
 *
 * @param parts in their order; none for an empty text
 */
record MacroString(List<Part> parts) {

    MacroString {
        parts = List.copyOf(parts);
    }

    /** A piece of it. */
    sealed interface Part {}

    /** Stands for itself; the escapes for percent and blank are such pieces, too. */
    record Literal(String text) implements Part {}

    /**
     * Stands for something about the mail.
     *
     * @param letter lower case
     * @param escaped the letter was upper case: the value is URL-escaped
     * @param rightmost how many parts on the right are kept, {@link Integer#MAX_VALUE} for all
     * @param reversed whether the parts change their order first
     * @param delimiters what separates parts, never empty
     */
    record Macro(char letter, boolean escaped, int rightmost, boolean reversed, String delimiters) implements Part {

        /** Whether the value is taken as it is. */
        boolean isPlain() {
            return rightmost == Integer.MAX_VALUE && !reversed && delimiters.equals(".");
        }
    }
}
