package io.waypost.smtp.checks.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Answers of a block list, from the lowest to the highest. */
public record AnswerRange(Inet4Address first, Inet4Address last) {

    boolean contains(InetAddress answer) {
        byte[] octets = answer.getAddress();
        return octets.length == 4
                && Arrays.compareUnsigned(first.getAddress(), octets) <= 0
                && Arrays.compareUnsigned(octets, last.getAddress()) <= 0;
    }
}
