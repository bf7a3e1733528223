package io.waypost.smtp.session;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SMTP commands that this server knows (RFC 5321 4.1.1, RFC 3030, RFC 3207, RFC 4954). */
enum Verb {
    HELO,
    EHLO,
    MAIL,
    RCPT,
    DATA,
    BDAT,
    RSET,
    NOOP,
    QUIT,
    VRFY,
    HELP,
    STARTTLS,
    AUTH;

    private static final Map<String, Verb> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Verb::name, verb -> verb));

    /** What a client says that takes this for a web server, or a page that makes a browser say it. */
    private static final Set<String> HTTP = Set.of(
            "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "DELETE", "TRACE", "PATCH", "PRI", "PROPFIND", "HOST:");

    /** The command of this name in any case, or null. */
    static @Nullable Verb of(String name) {
        Verb exact = BY_NAME.get(name);
        return exact != null ? exact : BY_NAME.get(name.toUpperCase(Locale.ROOT));
    }

    static boolean isHttp(String name) {
        return HTTP.contains(name.toUpperCase(Locale.ROOT));
    }
}
