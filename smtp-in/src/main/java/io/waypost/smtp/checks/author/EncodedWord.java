package io.waypost.smtp.checks.author;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encoded words (RFC 2047 2) as far as they can deceive somebody about an author. */
final class EncodedWord {

    // Lenient about what readers are lenient about: blanks inside are decoded by some.
    private static final Pattern ANY = Pattern.compile("=\\?[^?]*\\?([bBqQ])\\?([^?]*)\\?=");

    // As a word of a display name: without anything that has a meaning in an address list to who does not decode.
    private static final Pattern WORD =
            Pattern.compile("=\\?[A-Za-z0-9_*-]+\\?[bBqQ]\\?[^?\\s<>,;:\"()\\[\\]\\\\]*\\?=");

    private static final Pattern QUOTED_CONTROL = Pattern.compile("=(?:00|0[aAdD])");

    private EncodedWord() {}

    /** Whether there is something that a reader may decode. */
    static boolean isIn(CharSequence text) {
        return ANY.matcher(text).find();
    }

    /** The length of the encoded word that the text begins with; 0 where it begins with something else. */
    static int lengthAtStart(CharSequence text) {
        Matcher matcher = WORD.matcher(text);
        return matcher.lookingAt() ? matcher.end() : 0;
    }

    /** Whether an encoded word has a NUL or a line end in it, behind which readers stop. */
    static boolean hidesControls(String text) {
        if (!text.contains("=?")) {
            return false;
        }
        Matcher matcher = ANY.matcher(text);
        while (matcher.find()) {
            boolean hides = matcher.group(1).equalsIgnoreCase("q")
                    ? QUOTED_CONTROL.matcher(matcher.group(2)).find()
                    : hidesInBase64(matcher.group(2));
            if (hides) {
                return true;
            }
        }
        return false;
    }

    private static boolean hidesInBase64(String text) {
        byte[] octets;
        try {
            octets = Base64.getMimeDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return false;
        }
        for (byte octet : octets) {
            if (octet == 0 || octet == '\n' || octet == '\r') {
                return true;
            }
        }
        return false;
    }
}
