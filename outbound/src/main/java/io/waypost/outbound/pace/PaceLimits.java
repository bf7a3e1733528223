package io.waypost.outbound.pace;

import java.util.OptionalDouble;

/**
 * What one destination may get.
 *
 * @param connections mails on their way to it at once, at least 1
 * @param rate mails a second; empty for as many as go
 */
public record PaceLimits(int connections, OptionalDouble rate) {}
