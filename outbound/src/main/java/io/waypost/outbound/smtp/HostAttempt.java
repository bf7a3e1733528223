package io.waypost.outbound.smtp;

import java.util.Optional;

/**
 * What came of one attempt at one address of one host.
 *
 * @param tls the protocol's version, where the connection was encrypted
 * @param localAddress the address the connection came from, where there was one
 * @param reused whether the connection had carried other mail before
 */
public record HostAttempt(DeliveryResult result, Optional<String> tls, Optional<String> localAddress, boolean reused) {}
