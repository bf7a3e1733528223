package io.waypost.outbound.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.sending.SendRefusedException;
import java.util.regex.Pattern;

/** Which texts are addresses that mail can be sent from and to (RFC 5321 4.1.2, RFC 6531 3.3). */
final class Addresses {

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 253;
    private static final Pattern LOCAL = Pattern.compile(
            "[\\w!#$%&'*+/=?^`{|}~\\x{A0}-\\x{10FFFF}-]+(\\.[\\w!#$%&'*+/=?^`{|}~\\x{A0}-\\x{10FFFF}-]+)*"
                    + "|\"([^\"\\\\\\x00-\\x1F\\x7F\\x{80}-\\x{9F}]|\\\\[ -~])*\"");
    private static final Pattern DOMAIN = Pattern.compile(
            "[a-zA-Z0-9\\x{A0}-\\x{10FFFF}]([a-zA-Z0-9\\x{A0}-\\x{10FFFF}-]*[a-zA-Z0-9\\x{A0}-\\x{10FFFF}])?"
                    + "(\\.[a-zA-Z0-9\\x{A0}-\\x{10FFFF}]([a-zA-Z0-9\\x{A0}-\\x{10FFFF}-]*[a-zA-Z0-9\\x{A0}-\\x{10FFFF}])?)*");

    private Addresses() {}

    static EmailAddress checked(String text) throws SendRefusedException {
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1) {
            throw Refusals.address(text);
        }
        return checked(EmailAddress.of(text));
    }

    static EmailAddress checked(EmailAddress address) throws SendRefusedException {
        String domain = address.domain().name();
        if (address.localPart().length() > LONGEST_LOCAL_PART
                || domain.length() > LONGEST_DOMAIN
                || !LOCAL.matcher(address.localPart()).matches()
                || !DOMAIN.matcher(domain).matches()) {
            throw Refusals.address(address.toString());
        }
        return address;
    }
}
