package io.waypost.rules.match;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The form in which addresses are compared. Different spellings of one mailbox give the same key, so that nobody gets around
 * a rule by spelling: quotes around a local part mean nothing (RFC 5321 4.1.2), letters compare without regard to case, an
 * internationalized domain equals its A-labels (RFC 5890).
 */
final class AddressKey {

    // These four mean different domains in IDNA 2003, which the JDK knows, and IDNA 2008.
    private static final String DEVIATIONS = "\u00df\u03c2\u200c\u200d";

    private AddressKey() {}

    static String domain(Domain domain) {
        String name = domain.name();
        if (isAscii(name) || name.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
            return name;
        }
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    static String localPart(EmailAddress address) {
        String local = unquoted(address.localPart()).toLowerCase(Locale.ROOT);
        return isAscii(local) ? local : Normalizer.normalize(local, Normalizer.Form.NFC);
    }

    static String mailbox(String localPart, String domain) {
        return localPart + '@' + domain;
    }

    static String mailbox(EmailAddress address) {
        return mailbox(localPart(address), domain(address.domain()));
    }

    /** Where the label's + stands in a local part's key; 0 or less when there is no label. */
    static int plus(String localPart) {
        return localPart.indexOf('+');
    }

    private static String unquoted(String local) {
        if (local.length() < 3 || local.charAt(0) != '"' || local.charAt(local.length() - 1) != '"') {
            return local;
        }
        StringBuilder out = new StringBuilder(local.length());
        for (int i = 1; i < local.length() - 1; i++) {
            char c = local.charAt(i);
            if (c == '\\' && i < local.length() - 2) {
                c = local.charAt(++i);
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
