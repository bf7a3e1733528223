package io.waypost.smtp.checks.dkim;

import io.waypost.smtp.checks.signature.Algorithm;
import io.waypost.smtp.checks.signature.Identity;
import io.waypost.smtp.checks.signature.Outcome;
import io.waypost.smtp.checks.signature.SignerName;
import io.waypost.smtp.checks.signature.TagList;
import io.waypost.smtp.checks.signature.Text;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.Optional;

/** By what people recognise a signature, as far as it can be read: also one that is malformed elsewhere. */
record Labels(String domain, String selector, Optional<String> identity, Optional<Algorithm> algorithm, String prefix) {

    private static final int PREFIX = 8;

    static Labels of(TagList tags) {
        return new Labels(
                name(tags, "d", SignerName::domain),
                name(tags, "s", SignerName::selector),
                tags.value("i").flatMap(Labels::identity),
                tags.value("a").flatMap(Algorithm::of),
                prefix(Text.withoutWhiteSpace(tags.value("b").orElse(""))));
    }

    DkimResult result(Outcome outcome) {
        return new DkimResult(outcome.result(), domain, selector, identity, algorithm, prefix, outcome.reason());
    }

    private static String name(TagList tags, String tag, Reading reading) {
        try {
            return tags.has(tag) ? reading.of(tags.required(tag)) : "";
        } catch (MalformedException e) {
            return "";
        }
    }

    private interface Reading {
        String of(String value) throws MalformedException;
    }

    private static Optional<String> identity(String value) {
        try {
            return Optional.of(Identity.of(value).toString());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    // It goes into header fields: nothing but base64.
    private static String prefix(String signature) {
        int end = 0;
        while (end < Math.min(signature.length(), PREFIX) && isBase64(signature.charAt(end))) {
            end++;
        }
        return signature.substring(0, end);
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=';
    }
}
