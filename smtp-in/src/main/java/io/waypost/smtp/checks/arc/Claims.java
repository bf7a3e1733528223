package io.waypost.smtp.checks.arc;

import io.waypost.smtp.checks.signature.MalformedException;
import io.waypost.smtp.checks.signature.MessageSignature;

/**
 * Reads an ARC-Authentication-Results (RFC 8617 4.1.1): the instance stands first, comments may stand anywhere around it. What the
 * results say does not matter to the chain (RFC 8617 3.4).
 */
record Claims(int instance, String payload) {

    static Claims of(String value) throws MalformedException {
        Scanner scanner = new Scanner(value);
        scanner.skip();
        scanner.take('i');
        scanner.skip();
        scanner.take('=');
        scanner.skip();
        int instance = MessageSignature.instance(scanner.digits());
        scanner.skip();
        scanner.take(';');
        return new Claims(instance, value.substring(scanner.at).strip());
    }

    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        void take(char wanted) throws MalformedException {
            if (at >= text.length() || text.charAt(at) != wanted) {
                throw new MalformedException("ARC-Authentication-Results does not begin with an instance");
            }
            at++;
        }

        String digits() {
            int from = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return text.substring(from, at);
        }

        /** CFWS (RFC 5322 3.2.2); a comment that does not end takes all the rest. */
        void skip() {
            int depth = 0;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '(') {
                    depth++;
                } else if (depth > 0) {
                    if (c == ')') {
                        depth--;
                    } else if (c == '\\') {
                        at++;
                    }
                } else if (c != ' ' && c != '\t') {
                    return;
                }
            }
        }
    }
}
