package io.waypost.smtp.checks.author;

import io.waypost.smtp.checks.syntax.MalformedException;
import io.waypost.smtp.checks.syntax.StructuredText;
import org.jspecify.annotations.Nullable;

/** A run of words and dots before an @ or an angle bracket: a display name, or a local part (RFC 5322 3.2.5, 3.4.1, 4.4). */
final class Words {

    private boolean empty = true;
    private boolean dotExpected;
    private @Nullable String fault;

    boolean isEmpty() {
        return empty;
    }

    /** Why this is no local part that everybody reads alike; null where it is one. */
    @Nullable
    String localPartFault() {
        if (empty || (fault == null && !dotExpected)) {
            return "a bad local part in From";
        }
        return fault;
    }

    /** Reads up to a character that is no part of a word. */
    void read(StructuredText text) throws MalformedException {
        while (!text.ended()) {
            char c = (char) text.peek();
            if (c == '"') {
                quoted(text.quotedString());
            } else if (c == '.') {
                text.skip(c);
                dot();
            } else if (c == '[' || c == ']') {
                // Not allowed in a display name, and common there.
                text.skip(c);
                word("a bad local part in From");
            } else if (StructuredText.isAtomText(c)) {
                atom(text);
            } else {
                return;
            }
            text.skipBlanks();
        }
    }

    private void atom(StructuredText text) {
        int encoded = text.peek() == '=' ? EncodedWord.lengthAtStart(text.rest()) : 0;
        if (encoded > 0) {
            text.advance(encoded);
            // RFC 2047 5 (3): never in an address.
            word("an encoded word as local part in From");
        } else {
            String atom = text.run(StructuredText::isAtomText);
            word(EncodedWord.isIn(atom) ? "an encoded word as local part in From" : null);
        }
    }

    private void quoted(String content) {
        boolean likeAnAddress = content.chars().anyMatch(c -> "@<>,;:()\"\\".indexOf(c) >= 0);
        word(likeAnAddress || EncodedWord.isIn(content) ? "a quoted local part like an address in From" : null);
    }

    private void word(@Nullable String wordFault) {
        empty = false;
        if (fault == null) {
            fault = dotExpected ? "a bad local part in From" : wordFault;
        }
        dotExpected = true;
    }

    private void dot() {
        empty = false;
        if (fault == null && !dotExpected) {
            fault = "a bad local part in From";
        }
        dotExpected = false;
    }
}
