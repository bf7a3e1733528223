package io.waypost.smtp.session;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the open connections of each client: one IPv4 address, or one IPv6 /64, since that is what a single host is given.
 * Safe for all threads.
 */
public final class AddressSlots {

    private final ConcurrentHashMap<Object, Integer> open = new ConcurrentHashMap<>();
    private final int perAddress;

    public AddressSlots(int perAddress) {
        this.perAddress = perAddress;
    }

    /** Takes a slot that {@link #release} gives back; false when the client has as many connections as it may. */
    boolean take(InetAddress address) {
        Object key = key(address);
        if (open.merge(key, 1, Integer::sum) <= perAddress) {
            return true;
        }
        release(address);
        return false;
    }

    void release(InetAddress address) {
        open.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
    }

    /** What one client is known by. */
    static Object key(InetAddress address) {
        return address instanceof Inet4Address
                ? address
                : ByteBuffer.wrap(address.getAddress()).getLong();
    }
}
