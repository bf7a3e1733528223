package io.waypost.smtp.checks.results;

import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.checks.syntax.DomainName;
import io.waypost.smtp.checks.syntax.MalformedException;
import io.waypost.smtp.checks.syntax.StructuredText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the fields of an incoming mail that claim to be ours: they must go, lest somebody behind us believes them (RFC 8601 5). Those
 * are Authentication-Results in our name, and what only the receiving server writes. Authentication-Results of other servers stay, and
 * ARC-Authentication-Results too, which ARC protects.
 */
public final class ForgedResults {

    private static final Pattern INVISIBLE = Pattern.compile("[^!-~]");

    private ForgedResults() {}

    /**
     * The fields that must go, in order.
     *
     * @param header all fields of a header
     * @param authservId the id that we write
     * @param reserved names, lower case, of fields that nobody else may write
     */
    public static List<HeaderBlock.Field> among(
            List<HeaderBlock.Field> header, String authservId, Set<String> reserved) {
        String ours = comparable(authservId);
        return header.stream()
                .filter(field -> (isResults(field.name()) && claims(field.value(), ours))
                        || reserved.contains(visible(field.name())))
                .toList();
    }

    private static String visible(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) < '!' || lower.charAt(i) > '~') {
                return INVISIBLE.matcher(lower).replaceAll("");
            }
        }
        return lower;
    }

    /** A header without some of its fields, everything else byte for byte. */
    public static byte[] without(byte[] header, List<HeaderBlock.Field> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(header.length);
        int from = 0;
        for (HeaderBlock.Field field : fields) {
            out.write(header, from, field.start() - from);
            from = field.end();
        }
        out.write(header, from, header.length - from);
        return out.toByteArray();
    }

    /** By name; characters that no name can have are passed over, as some readers do. */
    private static boolean isResults(String name) {
        // Nearly all names are too short.
        if (name.length() < AuthenticationResults.NAME.length()) {
            return false;
        }
        return name.equalsIgnoreCase(AuthenticationResults.NAME)
                || INVISIBLE.matcher(name).replaceAll("").equalsIgnoreCase(AuthenticationResults.NAME);
    }

    private static boolean claims(String value, String ours) {
        StructuredText text =
                new StructuredText(new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        try {
            text.skipBlanks();
            String id = text.peek() == '"' ? text.quotedString() : text.run(ForgedResults::isIdText);
            boolean apart = text.skipBlanks();
            // A version may stand behind the id (RFC 8601 2.2).
            if (apart && !text.run(c -> c >= '0' && c <= '9').isEmpty()) {
                text.skipBlanks();
            }
            if (!id.isEmpty() && (text.ended() || text.peek() == ';')) {
                return comparable(id).equals(ours);
            }
        } catch (MalformedException e) {
            // Broken: judged by what somebody might see in it.
        }
        return mentions(value, ours);
    }

    /** RFC 2045 5.1, and what is beyond ASCII (RFC 8616 3). */
    private static boolean isIdText(int c) {
        return StructuredText.isTokenText(c) || c > 0x7f;
    }

    /**
     * Whether a field that cannot be read has our id before its first semicolon, or anywhere when its quotes and comments leave open
     * where that is. Blanks, quotes, backslashes and comments are passed over.
     */
    private static boolean mentions(String value, String ours) {
        boolean open = value.indexOf('"') >= 0 || value.indexOf('(') >= 0 || value.indexOf('\\') >= 0;
        int semicolon = value.indexOf(';');
        String region = open || semicolon < 0 ? value : value.substring(0, semicolon);
        String lower = new String(region.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT);
        return squeezed(lower).contains(ours)
                || squeezed(lower.replaceAll("\\([^()]*\\)", "")).contains(ours);
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\x00-\\x20\\x7f\"\\\\()]", "");
    }

    private static String comparable(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return DomainName.of(name).map(DomainName::name).orElse(name);
    }
}
