package io.waypost.smtp.proxy;

import io.waypost.smtp.wire.Input;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a proxy says about the connection it passes on (the PROXY protocol of HAProxy, versions 1 and 2).
 *
 * @param client the real client; empty when the proxy speaks for itself (v1 UNKNOWN, v2 LOCAL), as health checks do
 */
public record ProxyHeader(Optional<InetSocketAddress> client) {

    static final ProxyHeader LOCAL = new ProxyHeader(Optional.empty());

    /**
     * Reads a header of either version, and not one octet more.
     *
     * @throws ProxyException when there is none or it is broken
     */
    public static ProxyHeader read(Input input) throws IOException, ProxyException {
        byte[] start = new byte[ProxyV2.SIGNATURE_LENGTH];
        // No header of version 1 is shorter than the signature of version 2.
        input.readFully(start, 0, 1);
        if (start[0] == 'P') {
            return ProxyV1.read(input);
        }
        if (start[0] == '\r') {
            input.readFully(start, 1, start.length - 1);
            return ProxyV2.read(start, input);
        }
        throw new ProxyException("no PROXY header");
    }
}
