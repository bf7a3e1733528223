package io.waypost.smtp.checks.syntax;

import java.util.Locale;
import java.util.Optional;

/**
 * A domain name as DNS is asked for it: lower case, A-labels (RFC 5890 2.3.2.1), no dot at the end.
 *
 * @param name one to 253 characters
 */
public record DomainName(String name) {

    /** RFC 1035 2.3.4, as text. */
    private static final int LONGEST = 253;

    public DomainName {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a domain name");
        }
    }

    /**
     * Reads a name in any case, with A-labels or U-labels, with or without the dot at the end.
     *
     * @return empty where it is no name that DNS could know: an address literal, an empty or overlong label, a character that no
     *     label may have
     */
    public static Optional<DomainName> of(String written) {
        if (written.length() > 4 * LONGEST) {
            return Optional.empty();
        }
        String name = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
        if (!isAscii(name)) {
            Optional<String> ascii = ULabels.toAscii(name);
            if (ascii.isEmpty()) {
                return Optional.empty();
            }
            name = ascii.get();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return isName(lower) ? Optional.of(new DomainName(lower)) : Optional.empty();
    }

    /** How many labels it has. */
    public int labels() {
        return 1 + (int) name.chars().filter(c -> c == '.').count();
    }

    /** Its last labels: all of them where it has not so many. */
    public DomainName last(int count) {
        int from = name.length();
        for (int i = 0; i < count && from >= 0; i++) {
            from = name.lastIndexOf('.', from - 1);
        }
        return from < 0 ? this : new DomainName(name.substring(from + 1));
    }

    /** The name one label up; empty for a single label. */
    public Optional<DomainName> parent() {
        int dot = name.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new DomainName(name.substring(dot + 1)));
    }

    /** Whether this is {@code other}, or lies below it. */
    public boolean isWithin(DomainName other) {
        return name.equals(other.name) || name.endsWith("." + other.name);
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        int start = 0;
        while (true) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            if (!isLabel(name, start, end)) {
                return false;
            }
            if (dot < 0) {
                // What ends in a number is an address (RFC 3696 2).
                return !name.substring(start).chars().allMatch(c -> c >= '0' && c <= '9');
            }
            start = dot + 1;
        }
    }

    /** Letters, digits, inner hyphens; and the underscore, which no host has but many a sender's domain (RFC 8552). */
    private static boolean isLabel(String name, int start, int end) {
        if (start == end || end - start > 63 || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            boolean lower = c >= 'a' && c <= 'z';
            if (!lower && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
