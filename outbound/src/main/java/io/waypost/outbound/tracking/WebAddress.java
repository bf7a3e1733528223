package io.waypost.outbound.tracking;

import io.waypost.message.sending.TrackedLinks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** An address that can be tracked: http or https, and valid by RFC 3986. */
final class WebAddress {

    // RFC 3986 2.2, 2.3; brackets have a place in a host only.
    private static final String OTHERS = "-._~:/?#@!$&'()*+,;=";

    private WebAddress() {}

    /** Empty when it is none. */
    static Optional<URI> parse(String text) {
        if (text.length() > TrackedLinks.MOST_BYTES || !isHttp(text) || !isWritten(text)) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            return hasHost(uri) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isHttp(String text) {
        String begin = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        return begin.startsWith("http://") || begin.startsWith("https://");
    }

    // RFC 9110 4.2.1: an http address without a host is none.
    private static boolean hasHost(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return false;
        }
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return !host.isEmpty() && !host.startsWith(":");
    }

    private static boolean isWritten(String text) {
        int authority = text.indexOf("//") + 2;
        boolean inAuthority = true;
        boolean inFragment = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i >= authority && (c == '/' || c == '?' || c == '#')) {
                inAuthority = false;
            }
            if (c == '%') {
                if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                    return false;
                }
            } else if (c == '[' || c == ']') {
                if (!inAuthority) {
                    return false;
                }
            } else if (c == '#') {
                if (inFragment) {
                    return false;
                }
                inFragment = true;
            } else if (!isAlphanumeric(c) && OTHERS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
