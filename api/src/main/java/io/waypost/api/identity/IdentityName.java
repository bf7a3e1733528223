package io.waypost.api.identity;

import io.waypost.message.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an identity: a domain, or an address at one. The domain is in lower case; the local part is kept as written, since its
 * case may matter (RFC 5321 2.4).
 *
 * @param text such as {@code example.com} or {@code Info@example.com}
 */
public record IdentityName(String text) implements Comparable<IdentityName> {

    // RFC 5321 4.5.3.1.1, RFC 1035 2.3.4.
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 253;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(?:" + LABEL + "\\.)+" + LABEL);
    // A last label of digits would be part of an IPv4 address.
    private static final Pattern NUMBER_AT_END = Pattern.compile(".*\\.[0-9]+");
    // RFC 5321 4.1.2: a dot-string. What must be quoted is nobody's sending address.
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");

    /**
     * Reads a name that a caller gave; nothing when it can be neither a domain of two labels or more nor an address at one.
     * Internationalized domains are given as A-labels (RFC 5890 2.3.2.1), as in SES.
     */
    public static Optional<IdentityName> parse(String text) {
        int at = text.lastIndexOf('@');
        String domain = text.substring(at + 1).toLowerCase(Locale.ROOT);
        if (!isDomain(domain)) {
            return Optional.empty();
        }
        if (at < 0) {
            return Optional.of(new IdentityName(domain));
        }
        String local = text.substring(0, at);
        boolean sound = local.length() <= LONGEST_LOCAL_PART
                && LOCAL_PART.matcher(local).matches();
        return sound ? Optional.of(new IdentityName(local + "@" + domain)) : Optional.empty();
    }

    /** Whether a text in lower case is a domain that can be published. */
    public static boolean isDomain(String text) {
        return text.length() <= LONGEST_DOMAIN
                && DOMAIN.matcher(text).matches()
                && !NUMBER_AT_END.matcher(text).matches();
    }

    public boolean isAddress() {
        return text.indexOf('@') >= 0;
    }

    /** The domain itself, or the one behind the @. */
    public Domain domain() {
        return new Domain(text.substring(text.lastIndexOf('@') + 1));
    }

    /**
     * The names whose settings apply to this one, the most specific first: itself, an address without its label ({@code a+b@} is
     * {@code a@}), its domain, and the domains above.
     */
    public List<IdentityName> covering() {
        List<IdentityName> names = new ArrayList<>();
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            names.add(this);
            int plus = text.indexOf('+');
            if (plus > 0 && plus < at) {
                names.add(new IdentityName(text.substring(0, plus) + text.substring(at)));
            }
        }
        String domain = text.substring(at + 1);
        while (true) {
            names.add(new IdentityName(domain));
            int dot = domain.indexOf('.');
            if (dot < 0) {
                return names;
            }
            domain = domain.substring(dot + 1);
        }
    }

    @Override
    public int compareTo(IdentityName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
