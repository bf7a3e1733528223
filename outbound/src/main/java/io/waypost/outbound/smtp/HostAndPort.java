package io.waypost.outbound.smtp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host to connect to.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(\\[([0-9a-fA-F:.%]+)]|[^\\[\\]:\\s]+)(?::(\\d{1,5}))?");
    private static final int SMTP = 25;

    public HostAndPort {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a host and port: " + host + ":" + port);
        }
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code [IPv6]:port}; without a port it is 25.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static HostAndPort of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not host:port, such as relay.example.com:25 or [::1]:25");
        }
        String host = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
        return new HostAndPort(host, matcher.group(3) == null ? SMTP : Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
