package io.waypost.message;

import java.util.Locale;

/**
 * A domain name or an address literal as it stands behind the @ (RFC 5321 4.1.2), in lower case.
 *
 * <p>Domains compare without regard to case (RFC 5321 2.4); an internationalized name (RFC 6531) is kept as U-labels or
 * A-labels, whichever the peer sent.
 *
 * @param name lower case, never empty, without a trailing dot
 */
public record Domain(String name) implements Comparable<Domain> {

    public Domain {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a domain cannot be empty");
        }
        name = name.toLowerCase(Locale.ROOT);
    }

    /** Whether this is an address literal such as {@code [192.0.2.1]} (RFC 5321 4.1.3). */
    public boolean isLiteral() {
        return name.charAt(0) == '[';
    }

    /** Whether this domain lies below {@code parent}: true for a.b under b, false for b itself. */
    public boolean isBelow(Domain parent) {
        return name.length() > parent.name.length() + 1
                && name.endsWith(parent.name)
                && name.charAt(name.length() - parent.name.length() - 1) == '.';
    }

    @Override
    public int compareTo(Domain other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
