package io.waypost.config;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** Values as configuration writes them; the inverse of what reads them. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The largest unit that leaves no rest. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** Without what may hold a secret: everything behind a ?, and where there is an @, everything behind the scheme. */
    static String of(URI uri) {
        return withoutSecrets(uri.toString());
    }

    /** The same for the URI of a Camel endpoint, which need not be a URI to Java. */
    static String withoutSecrets(String uri) {
        if (uri.indexOf('@') >= 0) {
            return uri.substring(0, Math.max(0, uri.indexOf(':') + 1)) + "***";
        }
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query) + "?***";
    }

    /** 2 rather than 2.0. */
    static String of(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
