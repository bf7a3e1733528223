package io.waypost.outbound.tls;

/** Names with a {@code *} as their first label, which stands for exactly one label (RFC 8461 4.1, RFC 6125 6.4.3). */
final class HostPattern {

    private HostPattern() {}

    /** @param host lower case, as is the pattern */
    static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(pattern.substring(1));
    }
}
