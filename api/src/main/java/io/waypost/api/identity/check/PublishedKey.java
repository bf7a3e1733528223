package io.waypost.api.identity.check;

import io.waypost.api.identity.DkimKey;
import io.waypost.api.identity.KeyType;
import java.util.ArrayList;
import java.util.List;

/** The public key in a DKIM key record (RFC 6376 3.6.1). */
final class PublishedKey {

    private PublishedKey() {}

    /** Whether a record holds the key, so that its signatures can be checked. */
    static boolean is(DkimKey key, String record) {
        List<String> types = values(record, "k");
        return values(record, "p").equals(List.of(key.publicKey()))
                && (types.isEmpty() ? List.of(KeyType.RSA.word()) : types)
                        .equals(List.of(key.type().word()));
    }

    /** What is said for a tag, without white space; RFC 6376 3.2 wants at most one. */
    static List<String> values(String record, String name) {
        List<String> values = new ArrayList<>();
        for (String tag : record.split(";")) {
            int equals = tag.indexOf('=');
            if (equals > 0 && tag.substring(0, equals).strip().equals(name)) {
                values.add(tag.substring(equals + 1).replaceAll("\\s", ""));
            }
        }
        return values;
    }
}
