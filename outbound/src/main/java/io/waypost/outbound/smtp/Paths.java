package io.waypost.outbound.smtp;

import io.waypost.message.EmailAddress;
import java.util.regex.Pattern;

/** Whether an address can stand in MAIL and RCPT without being able to mean anything else there (RFC 5321 4.1.2). */
final class Paths {

    private static final int LONGEST = 400;
    private static final Pattern LOCAL = Pattern.compile(
            "[^\\x00-\\x20\\x7F\\x{80}-\\x{9F}\"\\\\(),:;<>@\\[\\]]+|\"([^\"\\\\\\x00-\\x1F\\x7F\\x{80}-\\x{9F}]|\\\\[ -~])*\"");
    private static final Pattern DOMAIN = Pattern.compile("[^\\x00-\\x20\\x7F\\x{80}-\\x{9F}\"\\\\(),;<>@]+");
    private static final Pattern XTEXT = Pattern.compile("([!-*,-<>-~]|\\+[0-9A-F]{2})+");

    private Paths() {}

    static boolean isSafe(EmailAddress address) {
        return address.toString().length() <= LONGEST
                && LOCAL.matcher(address.localPart()).matches()
                && DOMAIN.matcher(address.domain().name()).matches();
    }

    static boolean isAscii(EmailAddress address) {
        return address.toString().chars().allMatch(c -> c < 0x80);
    }

    /** Whether an ENVID may be passed on as it is (RFC 3461 4.4: at most 100 characters of xtext). */
    static boolean isXtext(String text) {
        return text.length() <= 100 && XTEXT.matcher(text).matches();
    }

    /** Whether an ORCPT may be passed on as it is (RFC 3461 4.2: at most 500 characters). */
    static boolean isTypedAddress(String text) {
        int semicolon = text.indexOf(';');
        return text.length() <= 500
                && semicolon > 0
                && text.substring(0, semicolon).matches("[A-Za-z0-9-]+")
                && XTEXT.matcher(text.substring(semicolon + 1)).matches();
    }
}
