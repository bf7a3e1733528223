package io.waypost.api.receiving;

/** SES' shape of a filter of client addresses. */
public record ReceiptFilter(String name, IpFilter ipFilter) {

    static final String ALLOW = "Allow";

    /** SES' ReceiptIpFilter. */
    public record IpFilter(String policy, String cidr) {}
}
