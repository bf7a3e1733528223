package io.waypost.smtp.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds in bulk the octets that matter in mail: CR, LF and NUL. */
final class Octets {

    static final byte CR = '\r';
    static final byte LF = '\n';

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BELOW = ONES * 0x0E;

    private Octets() {}

    /**
     * The index of the first CR, LF or NUL in {@code [from, to)}, or {@code to}.
     *
     * <p>Eight octets are looked at together: a word has an octet below 0x0E exactly when the subtraction borrows into the high
     * bit of an octet whose high bit was clear, and the lowest octet so found is always a true one. Four words share a branch.
     */
    static int nextControl(byte[] octets, int from, int to) {
        int at = from;
        while (at <= to - 4 * Long.BYTES) {
            long first = hits(octets, at);
            long second = hits(octets, at + 8);
            long third = hits(octets, at + 16);
            long fourth = hits(octets, at + 24);
            if ((first | second | third | fourth) == 0) {
                at += 4 * Long.BYTES;
                continue;
            }
            if (first == 0) {
                at += 8;
                first = second;
                if (first == 0) {
                    at += 8;
                    first = third;
                    if (first == 0) {
                        at += 8;
                        first = fourth;
                    }
                }
            }
            at += Long.numberOfTrailingZeros(first) >>> 3;
            if (isControl(octets[at])) {
                return at;
            }
            at++;
        }
        while (at < to && !isControl(octets[at])) {
            at++;
        }
        return at;
    }

    /** The high bit of each octet below 0x0E among the eight; bits above the lowest one set may be wrong. */
    private static long hits(byte[] octets, int at) {
        long word = (long) LONG.get(octets, at);
        return (word - BELOW) & ~word & HIGHS;
    }

    private static boolean isControl(byte octet) {
        return octet == CR || octet == LF || octet == 0;
    }
}
