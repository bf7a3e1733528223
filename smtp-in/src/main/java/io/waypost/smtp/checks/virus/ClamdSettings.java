package io.waypost.smtp.checks.virus;

import java.net.SocketAddress;
import java.time.Duration;

/**
 * Where clamd is and how it is asked.
 *
 * @param address a host and its port, the host as configured and not looked up yet, or the path of a socket
 * @param timeout for one mail
 * @param concurrency mails that are with it at once: no more than its MaxThreads
 * @param largest octets of the largest mail it is sent: no more than its StreamMaxLength
 */
public record ClamdSettings(SocketAddress address, Duration timeout, int concurrency, long largest) {}
