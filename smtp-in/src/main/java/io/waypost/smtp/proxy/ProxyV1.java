package io.waypost.smtp.proxy;

import io.waypost.smtp.wire.Input;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Version 1: one line of text of at most 107 octets. */
final class ProxyV1 {

    private static final int LONGEST = 107;
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");

    private ProxyV1() {}

    /** Reads the line behind its first octet, which was a P. */
    static ProxyHeader read(Input input) throws IOException, ProxyException {
        byte[] line = new byte[LONGEST];
        line[0] = 'P';
        int length = 1;
        // Octet by octet from the buffer: what follows the line is SMTP.
        while (length < 2 || line[length - 1] != '\n') {
            if (length == LONGEST) {
                throw new ProxyException("PROXY line too long");
            }
            input.readFully(line, length++, 1);
        }
        if (line[length - 2] != '\r') {
            throw new ProxyException("PROXY line does not end in CRLF");
        }
        return parse(new String(line, 0, length - 2, StandardCharsets.ISO_8859_1));
    }

    static ProxyHeader parse(String line) throws ProxyException {
        if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            return ProxyHeader.LOCAL;
        }
        String[] word = line.split(" ", -1);
        if (word.length != 6 || !word[0].equals("PROXY")) {
            throw new ProxyException("broken PROXY line");
        }
        InetAddress source = address(word[1], word[2]);
        address(word[1], word[3]);
        int port = port(word[4]);
        port(word[5]);
        return new ProxyHeader(Optional.of(new InetSocketAddress(source, port)));
    }

    private static InetAddress address(String family, String text) throws ProxyException {
        try {
            if (family.equals("TCP4") && IPV4.matcher(text).matches()) {
                return Inet4Address.ofLiteral(text);
            }
            if (family.equals("TCP6") && IPV6.matcher(text).matches()) {
                return Inet6Address.ofLiteral(text);
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one answer for all of them.
        }
        throw new ProxyException("broken address in PROXY line");
    }

    private static int port(String text) throws ProxyException {
        if (!PORT.matcher(text).matches() || Integer.parseInt(text) > 65535) {
            throw new ProxyException("broken port in PROXY line");
        }
        return Integer.parseInt(text);
    }
}
