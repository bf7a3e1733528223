package io.waypost.smtp.checks.dns;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name and a record type ({@link Type}).
 *
 * @param name absolute, lower case
 */
record Question(Name name, int type) {

    /** Names that senders write may be anything; empty for one that cannot stand in DNS (RFC 1035 2.3.4). */
    static Optional<Question> of(String text, int type) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty()
                || name.length() > 253
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            return Optional.empty();
        }
        try {
            // A backslash is an octet like any other here; dnsjava would take it for the beginning of an escape.
            String escaped = name.toLowerCase(Locale.ROOT).replace("\\", "\\\\");
            return Optional.of(new Question(Name.fromString(escaped + "."), type));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return Type.string(type) + " " + name.toString(true);
    }
}
