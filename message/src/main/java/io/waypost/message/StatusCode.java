package io.waypost.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced mail system status code such as 5.7.1 (RFC 3463; registry of RFC 5248).
 *
 * @param kind 2 success, 4 transient failure, 5 permanent failure
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record StatusCode(int kind, int subject, int detail) {

    private static final Pattern FORM = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

    public StatusCode {
        if (kind != 2 && kind != 4 && kind != 5 || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException(
                    "not an enhanced status code: %d.%d.%d".formatted(kind, subject, detail));
        }
    }

    /**
     * Reads {@code 5.7.1}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static StatusCode of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an enhanced status code like 5.7.1: " + text);
        }
        return new StatusCode(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return kind + "." + subject + "." + detail;
    }
}
