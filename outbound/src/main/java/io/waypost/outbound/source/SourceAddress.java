package io.waypost.outbound.source;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An address of this server to send from.
 *
 * @param hostname what the server calls itself in EHLO there; empty for its own name
 * @param warmUp how much it may send while it is new
 */
public record SourceAddress(InetAddress address, Optional<String> hostname, Optional<WarmUp> warmUp) {}
