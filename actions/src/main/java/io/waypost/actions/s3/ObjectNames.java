package io.waypost.actions.s3;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The rules for bucket names and prefixes. They hold for both stores, so that a rule set can move from a folder to S3 as it is,
 * and so that nothing a rule says can leave the folder.
 */
final class ObjectNames {

    // S3 "Bucket naming rules": 3 to 63 of a-z 0-9 . -, a letter or digit at both ends, no two dots in a row, no IPv4
    // address.
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    // Of a key's bytes a slash and the message id take 41; a file name has at most 255.
    private static final int KEY_BYTES = 1024;
    private static final int PREFIX_BYTES = KEY_BYTES - 41;
    private static final int SEGMENT_BYTES = 255;

    private ObjectNames() {}

    /** @throws IllegalArgumentException with what is wrong */
    static String bucket(String name) {
        if (!BUCKET.matcher(name).matches()
                || name.contains("..")
                || IPV4.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no bucket name; 3 to 63 of a-z, 0-9, dot and hyphen, with a letter or digit at both ends");
        }
        return name;
    }

    /** @throws IllegalArgumentException with what is wrong */
    static String prefix(String prefix) {
        return checked("a prefix", prefix, PREFIX_BYTES);
    }

    /** @throws IllegalArgumentException with what is wrong */
    static String key(String key) {
        return checked("a key", key, KEY_BYTES);
    }

    private static String checked(String what, String text, int most) {
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new IllegalArgumentException(what + " has at most " + most + " bytes");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
            throw new IllegalArgumentException(what + " has no control characters and no backslashes");
        }
        for (String segment : text.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(what + " has no '" + segment + "' between its slashes");
            }
            if (segment.getBytes(StandardCharsets.UTF_8).length > SEGMENT_BYTES) {
                throw new IllegalArgumentException(
                        what + " has at most " + SEGMENT_BYTES + " bytes between two slashes");
            }
        }
        return text;
    }
}
