package io.waypost.message.mime;

import org.jspecify.annotations.Nullable;

/**
 * One address of a header field (RFC 5322 3.4), as its sender wrote it: it names, it does not route.
 *
 * @param name the display name, decoded; null when there is none
 * @param address {@code local@domain}; null when the field holds something that is no address
 */
public record MailAddress(@Nullable String name, @Nullable String address) {

    /** The form people read: {@code Alice <alice@example.com>}; the name in quotes where it needs them. */
    public String display() {
        if (name == null) {
            return address == null ? "" : address;
        }
        return address == null ? name : quoted(name) + " <" + address + ">";
    }

    private static String quoted(String name) {
        for (int i = 0; i < name.length(); i++) {
            if ("()<>[]:;@\\,\"".indexOf(name.charAt(i)) >= 0) {
                return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            }
        }
        return name;
    }
}
