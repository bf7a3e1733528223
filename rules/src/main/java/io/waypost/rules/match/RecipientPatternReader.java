package io.waypost.rules.match;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import java.nio.charset.StandardCharsets;

/** Reads a recipient pattern strictly: what is no address and no domain would otherwise take nobody in silence. */
final class RecipientPatternReader {

    private static final int MAX_LOCAL_PART = 64; // RFC 5321 4.5.3.1.1
    private static final int MAX_DOMAIN = 255; // RFC 5321 4.5.3.1.2

    private RecipientPatternReader() {}

    static RecipientPattern read(String text) {
        if (text.indexOf('*') >= 0) {
            throw new IllegalArgumentException("'" + text
                    + "': there is no '*'; example.com takes every address of the domain, .example.com those of its subdomains, "
                    + "user@example.com takes user+anything@example.com");
        }
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            String local = text.substring(0, at);
            if (!isLocalPart(local)) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not an address; write user@example.com, example.com or .example.com");
            }
            return new RecipientPattern.Mailbox(new EmailAddress(local, domain(text, text.substring(at + 1))));
        }
        if (text.startsWith(".")) {
            return new RecipientPattern.Below(domain(text, text.substring(1)));
        }
        return new RecipientPattern.Of(domain(text, text));
    }

    private static Domain domain(String text, String name) {
        if (!isDomain(name)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no domain; write user@example.com, example.com or .example.com");
        }
        return new Domain(name);
    }

    private static boolean isLocalPart(String local) {
        if (local.isEmpty() || local.getBytes(StandardCharsets.UTF_8).length > MAX_LOCAL_PART) {
            return false;
        }
        boolean quoted = local.length() > 2 && local.startsWith("\"") && local.endsWith("\"");
        return quoted
                ? local.chars().noneMatch(Character::isISOControl)
                : local.chars().noneMatch(c -> c <= ' ' || c == 127 || "\"(),:;<>@[\\]".indexOf(c) >= 0);
    }

    private static boolean isDomain(String name) {
        if (name.startsWith("[") && name.endsWith("]") && name.length() > 2) {
            return name.chars().noneMatch(c -> c <= ' ' || c > 126);
        }
        if (name.length() > MAX_DOMAIN) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.startsWith("-")
                    || label.endsWith("-")
                    || !label.codePoints().allMatch(RecipientPatternReader::isLabelCharacter)) {
                return false;
            }
        }
        return true;
    }

    // Underscores are no host names (RFC 1123 2.1), but there are mail domains that have them.
    private static boolean isLabelCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || (c > 127 && (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK));
    }
}
