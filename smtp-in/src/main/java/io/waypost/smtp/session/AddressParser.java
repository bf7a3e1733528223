package io.waypost.smtp.session;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.smtp.Refusal;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads a path in angle brackets by the grammar of RFC 5321 4.1.2 and 4.1.3, with its length limits (4.5.3.1) and, where
 * SMTPUTF8 was given, the additions of RFC 6531 3.3. A source route is read and ignored (RFC 5321 4.1.1.3, appendix C).
 */
final class AddressParser {

    private static final int LOCAL_PART = 64;
    private static final int DOMAIN = 255;
    private static final int LABEL = 63;
    private static final int PATH = 256;

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private final String text;
    private final boolean utf8;
    private final boolean sender;
    private int at;

    private AddressParser(String text, int at, boolean utf8, boolean sender) {
        this.text = text;
        this.at = at;
        this.utf8 = utf8;
        this.sender = sender;
    }

    /** Whose path it is decides the enhanced status code. */
    static AddressParser ofSender(String text, int at, boolean utf8) {
        return new AddressParser(text, at, utf8, true);
    }

    static AddressParser ofRecipient(String text, int at, boolean utf8) {
        return new AddressParser(text, at, utf8, false);
    }

    /** The index behind what was read. */
    int position() {
        return at;
    }

    /** Whether this word stands here in any case; then it is passed over. */
    boolean skip(String word) {
        if (text.regionMatches(true, at, word, 0, word.length())) {
            at += word.length();
            return true;
        }
        return false;
    }

    /** {@code <[route:]local@domain>}. */
    EmailAddress path() throws Refusal {
        int start = at;
        expect('<');
        if (peek() == '@') {
            route();
        }
        String local = localPart();
        expect('@');
        Domain domain = domain();
        expect('>');
        if (octets(start, at) > PATH) {
            throw broken("Path too long");
        }
        return new EmailAddress(local, domain);
    }

    private void route() throws Refusal {
        do {
            expect('@');
            domain();
        } while (skip(","));
        expect(':');
    }

    private String localPart() throws Refusal {
        int start = at;
        if (peek() == '"') {
            quoted();
        } else {
            do {
                atom();
            } while (skip("."));
        }
        if (octets(start, at) > LOCAL_PART) {
            throw broken("Local part too long");
        }
        return text.substring(start, at);
    }

    private void quoted() throws Refusal {
        expect('"');
        while (peek() != '"') {
            char c = next();
            if (c == '\\') {
                c = next();
                if (c < ' ' || c > '~') {
                    throw broken("Bad quoted local part");
                }
            } else if (c < ' ' || c == 0x7f || (c > '~' && !isUtf8(c))) {
                throw broken("Bad quoted local part");
            }
        }
        at++;
    }

    private void atom() throws Refusal {
        int start = at;
        while (isAtext(peek()) || isUtf8(peek())) {
            at++;
        }
        if (at == start) {
            throw broken("Bad local part");
        }
    }

    private Domain domain() throws Refusal {
        int start = at;
        if (peek() == '[') {
            literal();
        } else {
            do {
                label();
            } while (skip("."));
        }
        if (octets(start, at) > DOMAIN) {
            throw broken("Domain too long");
        }
        return new Domain(text.substring(start, at));
    }

    private void label() throws Refusal {
        int start = at;
        while (isLetterOrDigit(peek()) || peek() == '-' || isUtf8(peek())) {
            at++;
        }
        if (at == start || text.charAt(start) == '-' || text.charAt(at - 1) == '-' || octets(start, at) > LABEL) {
            throw broken("Bad domain");
        }
    }

    private void literal() throws Refusal {
        int close = text.indexOf(']', at);
        if (close < 0) {
            throw broken("Bad address literal");
        }
        String address = text.substring(at + 1, close);
        if (!isIpv4(address) && !(address.regionMatches(true, 0, "IPv6:", 0, 5) && isIpv6(address.substring(5)))) {
            throw broken("Bad address literal");
        }
        at = close + 1;
    }

    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    static boolean isIpv6(String text) {
        try {
            return IPV6.matcher(text).matches() && Inet6Address.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isAtext(char c) {
        return isLetterOrDigit(c) || (c != 0 && "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0);
    }

    /** Characters beyond ASCII, but never the control characters and separators among them. */
    private boolean isUtf8(char c) {
        return utf8
                && c > 0x9f
                && !Character.isSpaceChar(c)
                && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.UNASSIGNED;
    }

    private int octets(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > 0x7f) {
                return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return to - from;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() throws Refusal {
        if (at == text.length()) {
            throw broken("Address not ended");
        }
        return text.charAt(at++);
    }

    private void expect(char c) throws Refusal {
        if (peek() != c) {
            throw broken("Bad address");
        }
        at++;
    }

    Refusal broken(String why) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f && !utf8) {
                // RFC 6531 3.5: an internationalized address needs SMTPUTF8.
                return Refusal.of("needs-smtputf8", 553, "5.6.7", "Address needs SMTPUTF8");
            }
        }
        return sender
                ? Refusal.of("bad-sender-syntax", 501, "5.1.7", why)
                : Refusal.of("bad-recipient-syntax", 501, "5.1.3", why);
    }
}
