package io.waypost.config;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses and host names as configuration writes them. Nothing is looked up: the addresses stay unresolved. */
final class HostPort {

    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern ONLY_DIGITS = Pattern.compile("[0-9.]+");

    private HostPort() {}

    /** {@code 0.0.0.0:2525}, {@code [::1]:25}, {@code localhost:25}; port 0 lets the system choose. */
    static InetSocketAddress toListenOn(String text) {
        return of(text, 0);
    }

    /** {@code relay.example.com:25}, {@code [2001:db8::1]:25}, {@code 192.0.2.1:25}. */
    static InetSocketAddress toConnectTo(String text) {
        return of(text, 1);
    }

    /**
     * An address that nobody has to look up, with a port or without: {@code 127.0.0.1}, {@code [::1]:5353}.
     *
     * @return resolved
     */
    static InetSocketAddress literal(String text, int absentPort) {
        boolean withoutPort = DOTTED.matcher(text).matches() || text.endsWith("]");
        InetSocketAddress address = of(withoutPort ? text + ":" + absentPort : text, 1);
        return literal(address.getHostString())
                .map(host -> new InetSocketAddress(host, address.getPort()))
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is no IP address; write it like 192.0.2.1:" + absentPort + " or [2001:db8::1]"));
    }

    /** The notation this class reads. */
    static String format(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /**
     * A domain name in lower case, without a dot at its end (RFC 1035 2.3.1, RFC 5890 2.3.2.3).
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static String domain(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        boolean valid;
        try {
            String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
            valid = !ascii.isEmpty()
                    && ascii.length() <= 253
                    && !ascii.endsWith(".")
                    && !ONLY_DIGITS.matcher(ascii).matches();
        } catch (IllegalArgumentException e) {
            valid = false;
        }
        if (!valid) {
            throw new IllegalArgumentException("'" + text + "' is not a domain name like mail.example.com");
        }
        return name;
    }

    /** The address a text stands for, if it is an IPv4 address in its usual form or an IPv6 address without brackets. */
    static Optional<InetAddress> literal(String text) {
        if ((text.indexOf(':') < 0 && !DOTTED.matcher(text).matches())
                || text.indexOf('%') >= 0
                || text.indexOf('[') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InetSocketAddress of(String text, int leastPort) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address; write host:port, 192.0.2.1:25 or [2001:db8::1]:25");
        }
        int number = Integer.parseInt(port);
        if (number < leastPort || number > 65535) {
            throw new IllegalArgumentException(
                    "'" + text + "': the port is not a number from " + leastPort + " to 65535");
        }
        return InetSocketAddress.createUnresolved(host(text, text.substring(0, colon)), number);
    }

    private static String host(String text, String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            String inner = host.substring(1, host.length() - 1);
            if (inner.indexOf(':') >= 0 && literal(inner).isPresent()) {
                return inner.toLowerCase(Locale.ROOT);
            }
            throw new IllegalArgumentException("'" + text + "': there is no IPv6 address between the brackets");
        }
        if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "': an IPv6 address needs brackets, as in [::1]:25");
        }
        return literal(host).isPresent() ? host : domain(host);
    }
}
