package io.waypost.smtp.checks.client;

import io.waypost.smtp.Cidr;

/**
 * One filter of client addresses.
 *
 * @param policy what becomes of the clients
 * @param range their addresses
 * @param name how logs and metrics call it
 */
public record IpFilter(Policy policy, Cidr range, String name) {

    /** What a filter says about a client. */
    public enum Policy {
        ALLOW,
        BLOCK
    }
}
