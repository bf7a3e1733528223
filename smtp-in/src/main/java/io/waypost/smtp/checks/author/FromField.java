package io.waypost.smtp.checks.author;

import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.checks.syntax.DomainName;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the one From field of a header, and sees to it that its characters mean the same to every reader. */
final class FromField {

    /** No honest From field is that long; a bound on what is looked at. */
    static final int LONGEST = 8 * 1024;

    private static final String NAME = "From";

    // To a reader that ends lines at a lone CR this is a From field.
    private static final Pattern BEHIND_CR = Pattern.compile("\\r[ \\t]*from[ \\t]*:", Pattern.CASE_INSENSITIVE);

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7f]");

    private FromField() {}

    static Author only(List<HeaderBlock.Field> header) {
        HeaderBlock.Field from = null;
        for (HeaderBlock.Field field : header) {
            if (field.is(NAME)) {
                if (from != null) {
                    // RFC 5322 3.6, RFC 9989 11.5: readers show the first or the last.
                    return new Author.Unusable("more than one From field");
                }
                from = field;
            } else if (isLookAlike(field)) {
                return new Author.Unusable("a field that some readers take for From");
            }
        }
        return from == null ? new Author.Unusable("no From field") : read(from.value());
    }

    /** The author in a field's value: unfolded, every byte as one character. */
    static Author read(String bytes) {
        if (bytes.length() > LONGEST) {
            return new Author.Unusable("an overlong From field");
        }
        String text = utf8(bytes);
        boolean isUtf8 = text != null;
        if (text == null) {
            // Letters of an unknown charset: good for a display name, for no domain.
            text = BEYOND_ASCII.matcher(bytes).replaceAll("\ufffd");
        }
        String fault = fault(text, isUtf8);
        if (fault != null) {
            return new Author.Unusable(fault);
        }
        try {
            List<DomainName> domains = new Mailboxes(text).domains();
            return domains.size() == 1 ? new Author.One(domains.getFirst()) : new Author.Several(domains);
        } catch (MalformedException e) {
            return new Author.Unusable(e.reason());
        }
    }

    private static @Nullable String fault(String text, boolean isUtf8) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || (isUtf8 && endsLines(c))) {
                // RFC 5322 4.1 let some of them stand; readers end or cut the text there.
                return "a control character in From";
            }
            if (c == '\\' && !isUtf8) {
                // In several East Asian charsets it is the second half of a letter, not a quote.
                return "bytes in From that are not UTF-8";
            }
        }
        return EncodedWord.hidesControls(text) ? "an encoded word with a control character in From" : null;
    }

    private static boolean endsLines(char c) {
        return (c >= 0x80 && c <= 0x9f) || c == '\u2028' || c == '\u2029';
    }

    /** RFC 6532 3.2; null where it is something else, an old charset as a rule. */
    private static @Nullable String utf8(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isLookAlike(HeaderBlock.Field field) {
        if (field.value().indexOf('\r') >= 0 && BEHIND_CR.matcher(field.value()).find()) {
            return true;
        }
        String name = field.name();
        int letters = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > ' ' && c < 0x7f) {
                if (letters == NAME.length()
                        || Character.toLowerCase(c) != Character.toLowerCase(NAME.charAt(letters))) {
                    return false;
                }
                letters++;
            }
        }
        return letters == NAME.length();
    }
}
