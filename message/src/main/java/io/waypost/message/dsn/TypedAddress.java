package io.waypost.message.dsn;

import io.waypost.message.EmailAddress;
import java.util.Locale;
import java.util.Optional;

/** Addresses as the fields of a delivery status write them: {@code type; address} (RFC 3464 2.1.2, RFC 6533 3). */
final class TypedAddress {

    private TypedAddress() {}

    /** {@code rfc822; user@domain}, or {@code utf-8;} with everything beyond printable ASCII as {@code \x{HEX}}. */
    static String of(EmailAddress address) {
        String text = address.toString();
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return "rfc822; " + text;
        }
        StringBuilder out = new StringBuilder("utf-8; ");
        text.codePoints().forEach(c -> {
            // RFC 6533 3: QCHAR leaves out + = \ and everything that is not printable ASCII.
            if (c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\') {
                out.append((char) c);
            } else {
                out.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return out.toString();
    }

    /** An ORCPT value ({@code addr-type;xtext}, RFC 3461 4.2) as Original-Recipient wants it; nothing when it is no such value. */
    static Optional<String> original(String orcpt) {
        int semicolon = orcpt.indexOf(';');
        if (semicolon <= 0 || semicolon == orcpt.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(HeaderText.ascii(orcpt.substring(0, semicolon).strip()) + "; "
                + HeaderText.ascii(decoded(orcpt.substring(semicolon + 1).strip())));
    }

    /** What an xtext stands for (RFC 3461 4): {@code +2B} is a plus sign. Faulty escapes stay as they are. */
    static String decoded(String xtext) {
        StringBuilder out = new StringBuilder(xtext.length());
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            int high = c == '+' && i + 2 < xtext.length() ? Character.digit(xtext.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(xtext.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.append((char) (high * 16 + low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
