package io.waypost.smtp.checks.arc;

import io.waypost.smtp.checks.signature.MessageSignature;
import io.waypost.smtp.checks.syntax.MalformedException;
import io.waypost.smtp.checks.syntax.StructuredText;

/**
 * Reads an ARC-Authentication-Results (RFC 8617 4.1.1): the instance stands first, comments may stand anywhere around it. What the
 * results say does not matter to the chain (RFC 8617 3.4).
 */
record Claims(int instance, String payload) {

    static Claims of(String value) throws MalformedException {
        StructuredText text = new StructuredText(value);
        pass(text, 'i');
        pass(text, '=');
        text.skipBlanks();
        int instance = MessageSignature.instance(text.run(c -> c >= '0' && c <= '9'));
        pass(text, ';');
        return new Claims(instance, text.rest().toString().strip());
    }

    private static void pass(StructuredText text, char wanted) throws MalformedException {
        text.skipBlanks();
        if (!text.skip(wanted)) {
            throw new MalformedException("it does not begin with an instance");
        }
    }
}
