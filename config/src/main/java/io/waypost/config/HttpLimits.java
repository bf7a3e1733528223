package io.waypost.config;

/**
 * What clients of the HTTP port may take.
 *
 * @param connections at one time
 * @param perAddress connections at one time of one address, or of one /64 of IPv6
 * @param requests that are answered at one time
 * @param requestsPerAddress that are answered, or wait to be, at one time
 * @param failedSignatures of one address in a minute
 */
public record HttpLimits(int connections, int perAddress, int requests, int requestsPerAddress, int failedSignatures) {}
