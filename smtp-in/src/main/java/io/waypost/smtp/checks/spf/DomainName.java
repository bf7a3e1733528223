package io.waypost.smtp.checks.spf;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/** The domain names of SPF: which can be asked for, and how those that macros made are cut to size. */
final class DomainName {

    /** RFC 7208 7.3. */
    static final int LONGEST = 253;

    private static final int LONGEST_LABEL = 63;

    private DomainName() {}

    /**
     * The name as DNS is asked for it: A-labels, lower case, without the dot at the end. Empty for everything that cannot have a
     * record of its own by RFC 7208 4.3: address literals, single labels, malformed names.
     */
    static Optional<String> ofIdentity(String text) {
        if (text.length() > LONGEST + 1 || text.startsWith("[")) {
            return Optional.empty();
        }
        // RFC 7208 4.3, RFC 8616 4: internationalized names are looked up as A-labels.
        return toAscii(withoutDot(text))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(DomainName::isQualified);
    }

    /** Whether the name has several labels and can exist; an address without brackets is no name. */
    static boolean isQualified(String name) {
        int last = name.lastIndexOf('.');
        return last > 0
                && canExist(name)
                && name.indexOf(' ') < 0
                && !name.substring(last + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether there is any sense in asking DNS. Macros may make blanks; nothing makes control characters or octets beyond ASCII. */
    static boolean canExist(String name) {
        if (name.isEmpty() || name.length() > LONGEST || !SafeText.isPrintable(name)) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != '.') {
                label++;
            } else if (label == 0) {
                return false;
            } else {
                label = 0;
            }
            if (label > LONGEST_LABEL) {
                return false;
            }
        }
        return label > 0;
    }

    /** What macros made, without the dot at the end; labels on the left are dropped until it fits (RFC 7208 7.3). */
    static String fit(String expanded) {
        String name = withoutDot(expanded);
        if (name.length() <= LONGEST) {
            return name;
        }
        int dot = name.indexOf('.', name.length() - LONGEST - 1);
        return dot < 0 ? name : name.substring(dot + 1);
    }

    /** Whether the name is the parent or lies below it; both lower case. */
    static boolean isWithin(String name, String parent) {
        return name.equals(parent) || name.endsWith("." + parent);
    }

    private static String withoutDot(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<String> toAscii(String text) {
        if (SafeText.isPrintable(text)) {
            return Optional.of(text);
        }
        try {
            return Optional.of(IDN.toASCII(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
