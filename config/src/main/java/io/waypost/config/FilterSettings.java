package io.waypost.config;

/**
 * One filter of client addresses. Where several hold one address, an {@link Policy#ALLOW} wins over every {@link Policy#BLOCK}.
 *
 * @param policy what becomes of the clients
 * @param range their addresses
 * @param name how logs and metrics call it; the range where the operator gave none
 */
public record FilterSettings(Policy policy, CidrBlock range, String name) {

    /** What a filter says about a client. */
    public enum Policy {
        ALLOW,
        BLOCK
    }
}
