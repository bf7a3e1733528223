package io.waypost.config.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes.
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) {

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KB|MB|GB|)");

    public static DataSize ofMegabytes(long megabytes) {
        return new DataSize(megabytes * 1_000_000);
    }

    public DataSize times(int factor) {
        return new DataSize(Math.multiplyExact(bytes, (long) factor));
    }

    /**
     * Reads {@code 40MB}: KB, MB and GB are powers of 1,000, a bare number is bytes; at most nine digits.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static DataSize of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size; write a number and a unit: 512B, 64KB, 40MB or 2GB");
        }
        long unit =
                switch (matcher.group(2)) {
                    case "KB" -> 1_000L;
                    case "MB" -> 1_000_000L;
                    case "GB" -> 1_000_000_000L;
                    default -> 1L;
                };
        // Nine digits of the largest unit still fit into a long.
        return new DataSize(Long.parseLong(matcher.group(1)) * unit);
    }

    @Override
    public String toString() {
        if (bytes >= 1_000_000_000 && bytes % 1_000_000_000 == 0) {
            return bytes / 1_000_000_000 + "GB";
        }
        if (bytes >= 1_000_000 && bytes % 1_000_000 == 0) {
            return bytes / 1_000_000 + "MB";
        }
        return bytes >= 1_000 && bytes % 1_000 == 0 ? bytes / 1_000 + "KB" : bytes + "B";
    }
}
