package io.waypost.message.dkim;

/** Takes octets in their order. */
@FunctionalInterface
public interface OctetSink {

    /** Takes these octets; the array belongs to the caller and may change afterwards. */
    void accept(byte[] octets, int offset, int length);
}
