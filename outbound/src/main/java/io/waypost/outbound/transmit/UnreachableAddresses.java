package io.waypost.outbound.transmit;

import io.waypost.outbound.exchange.Exchange;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Addresses that could not be talked to a moment ago. They are tried last, so that not every mail waits for a dead host in front of a
 * live one, or for IPv6 where there is none. Safe for all threads.
 */
final class UnreachableAddresses {

    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final LongSupplier nanoTime;
    private final Map<InetAddress, Long> until = new ConcurrentHashMap<>();

    UnreachableAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void add(InetAddress address) {
        if (until.size() >= MOST) {
            until.clear();
        }
        until.put(address, nanoTime.getAsLong() + MEMORY.toNanos());
    }

    void remove(InetAddress address) {
        if (!until.isEmpty()) {
            until.remove(address);
        }
    }

    /** The same exchanges, those of these addresses behind all others. */
    List<Exchange> last(List<Exchange> inOrder) {
        if (until.isEmpty()) {
            return inOrder;
        }
        List<Exchange> sorted = new ArrayList<>();
        List<Exchange> behind = new ArrayList<>();
        for (Exchange exchange : inOrder) {
            (contains(exchange.address()) ? behind : sorted).add(exchange);
        }
        sorted.addAll(behind);
        return sorted;
    }

    private boolean contains(InetAddress address) {
        Long end = until.get(address);
        if (end == null) {
            return false;
        }
        if (end - nanoTime.getAsLong() <= 0) {
            until.remove(address, end);
            return false;
        }
        return true;
    }
}
