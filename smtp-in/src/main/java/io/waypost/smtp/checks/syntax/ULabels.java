package io.waypost.smtp.checks.syntax;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From U-labels to A-labels by IDNA 2008 (RFC 5891 5), as far as judging a sender needs it: lower case and normal form are made
 * (RFC 5895 2), characters that no label may have are refused. {@link java.net.IDN} follows IDNA 2003, where several characters
 * stand for others ({@code ß} for {@code ss}): it would take one domain for another. The rules for mixed directions (RFC 5893) are a
 * registry's concern and not looked at.
 */
final class ULabels {

    // RFC 5892 2.6: letters by their properties, and not allowed all the same.
    private static final String DISALLOWED = "\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b";

    private static final int LONGEST = 63;

    private ULabels() {}

    static Optional<String> toAscii(String name) {
        List<String> labels = new ArrayList<>();
        for (String label : name.split("\\.", -1)) {
            if (label.chars().allMatch(c -> c < 0x80)) {
                labels.add(label);
                continue;
            }
            String normal = Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
            if (!isULabel(normal)) {
                return Optional.empty();
            }
            labels.add("xn--" + Punycode.encode(normal));
        }
        return Optional.of(String.join(".", labels));
    }

    private static boolean isULabel(String label) {
        // Its A-label would be longer still (RFC 1035 2.3.4).
        if (label.length() > LONGEST) {
            return false;
        }
        // RFC 5891 4.2.3: hyphens in the third and fourth place are kept for A-labels, a mark cannot come first.
        if (label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2) || isMark(label.codePointAt(0))) {
            return false;
        }
        for (int i = 0; i < label.length(); i += Character.charCount(label.codePointAt(i))) {
            if (!isAllowed(label, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(String label, int at) {
        int c = label.codePointAt(at);
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        return switch (c) {
            // RFC 5892 A.3 and A.7: two dots that belong to a script's spelling.
            case 0xb7 ->
                at > 0 && at + 1 < label.length() && label.charAt(at - 1) == 'l' && label.charAt(at + 1) == 'l';
            case 0x30fb -> label.codePoints().anyMatch(ULabels::isJapanese);
            default -> isLetterDigit(c) && DISALLOWED.indexOf(c) < 0 && isStable(c);
        };
    }

    /** RFC 5892 2.1, without upper case. */
    private static boolean isLetterDigit(int c) {
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** RFC 5892 2.2: another spelling of something else (full width, ligatures) is not a name of its own. */
    private static boolean isStable(int c) {
        String one = Character.toString(c);
        return Normalizer.normalize(one, Normalizer.Form.NFKC).equals(one);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isJapanese(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.HAN
                || (script == Character.UnicodeScript.KATAKANA && c != 0x30fb);
    }
}
