package io.waypost.smtp.checks.virus;

import java.time.Duration;

/**
 * Where clamd is and how it is asked.
 *
 * @param address {@code host:port}, or the path of its socket
 * @param timeout for one mail
 * @param concurrency mails that are with it at once: no more than its MaxThreads
 * @param largest octets of the largest mail it is sent: no more than its StreamMaxLength
 */
public record ClamdSettings(String address, Duration timeout, int concurrency, long largest) {}
