package io.waypost.config;

import io.waypost.config.text.DataSize;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The SMTP side.
 *
 * @param listeners at least one; no two on one address
 * @param certificate absent means a self-signed one made on first start
 * @param signReceived whether each accepted mail gets a signature of this server
 * @param limits of each session and of all together
 */
public record SmtpSettings(
        List<Listener> listeners, Optional<Certificate> certificate, boolean signReceived, Limits limits) {

    public SmtpSettings {
        listeners = List.copyOf(listeners);
    }

    /** When a session is encrypted. */
    public enum Tls {
        /** The peer may ask for it (RFC 3207). */
        STARTTLS,
        /** From the first byte (RFC 8314 3.3). */
        IMPLICIT,
        /** Never. */
        NONE
    }

    /**
     * One listening socket.
     *
     * @param address unresolved; port 0 lets the system choose
     * @param tls when its sessions are encrypted
     * @param proxyProtocol the peers that must open with a PROXY header; empty: none may
     */
    public record Listener(InetSocketAddress address, Tls tls, List<CidrBlock> proxyProtocol) {
        public Listener {
            proxyProtocol = List.copyOf(proxyProtocol);
        }
    }

    /**
     * PEM files.
     *
     * @param chain certificates, this server's first
     * @param key its private key (PKCS #8)
     */
    public record Certificate(Path chain, Path key) {}

    /**
     * What one peer, or all of them, may ask for.
     *
     * @param messageSize largest message
     * @param recipients of one message
     * @param connections at one time, over all listeners
     * @param perAddress connections of one client address at one time
     * @param commandTimeout silence before a command
     * @param dataTimeout silence within the data
     * @param hops Received fields a message may have (RFC 5321 6.3)
     */
    public record Limits(
            DataSize messageSize,
            int recipients,
            int connections,
            int perAddress,
            Duration commandTimeout,
            Duration dataTimeout,
            int hops) {}
}
