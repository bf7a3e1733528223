package io.waypost.smtp.checks.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a whole record: an error anywhere makes all of it worthless (RFC 7208 4.6). */
final class RecordParser {

    private final List<Directive> directives = new ArrayList<>();
    private Optional<MacroString> redirect = Optional.empty();
    private Optional<MacroString> explanation = Optional.empty();

    private RecordParser() {}

    /** The text begins with the version section. */
    static SpfRecord parse(String text) throws SpfError {
        RecordParser parser = new RecordParser();
        for (String term : text.substring(SpfRecord.VERSION.length()).split(" ", -1)) {
            if (!term.isEmpty()) {
                parser.term(term);
            }
        }
        return new SpfRecord(parser.directives, parser.redirect, parser.explanation);
    }

    private void term(String term) throws SpfError {
        int equals = nameEnd(term);
        if (equals < 0) {
            directives.add(Directive.parse(term));
            return;
        }
        String value = term.substring(equals + 1);
        switch (term.substring(0, equals).toLowerCase(Locale.ROOT)) {
            case "redirect" -> redirect = once(redirect, value, "redirect");
            case "exp" -> explanation = once(explanation, value, "exp");
            // RFC 7208 6: unknown modifiers are ignored, but not their syntax.
            default -> MacroParser.parse(value, MacroParser.Place.MODIFIER);
        }
    }

    private static Optional<MacroString> once(Optional<MacroString> before, String value, String name) throws SpfError {
        if (before.isPresent()) {
            throw SpfError.permanent("several " + name + " modifiers");
        }
        return Optional.of(MacroParser.domainSpec(value));
    }

    /** The index of the {@code =} behind a modifier's name, or -1 for a directive (RFC 7208 4.6.1). */
    private static int nameEnd(String term) {
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean isOther = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
            if (c == '=' && i > 0) {
                return i;
            }
            if (!isLetter && (i == 0 || !isOther)) {
                return -1;
            }
        }
        return -1;
    }
}
