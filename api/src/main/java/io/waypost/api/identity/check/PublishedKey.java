package io.waypost.api.identity.check;

import java.util.Optional;

/** The public key in a DKIM key record (RFC 6376 3.6.1). */
final class PublishedKey {

    private PublishedKey() {}

    /** The value of {@code p=} without white space; nothing when there is none, or two. */
    static Optional<String> in(String record) {
        Optional<String> key = Optional.empty();
        for (String tag : record.split(";")) {
            int equals = tag.indexOf('=');
            if (equals > 0 && tag.substring(0, equals).strip().equals("p")) {
                if (key.isPresent()) {
                    return Optional.empty();
                }
                key = Optional.of(tag.substring(equals + 1).replaceAll("\\s", ""));
            }
        }
        return key;
    }
}
