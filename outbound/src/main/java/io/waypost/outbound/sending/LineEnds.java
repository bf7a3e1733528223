package io.waypost.outbound.sending;

import io.waypost.message.dkim.OctetSink;

/**
 * Makes every line end CR LF: applications write what their system has, SMTP knows one (RFC 5321 2.3.8). What is right already passes
 * in one piece. For one thread.
 */
final class LineEnds {

    private static final byte[] CRLF = {'\r', '\n'};

    private final OctetSink sink;
    private boolean behindCr;
    private boolean eightBit;
    private boolean nul;

    LineEnds(OctetSink sink) {
        this.sink = sink;
    }

    void update(byte[] octets, int offset, int length) {
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte octet = octets[i];
            if (behindCr) {
                behindCr = false;
                // The CR was held back: whatever follows, the line has ended.
                sink.accept(CRLF, 0, 2);
                if (octet == '\n') {
                    start = i + 1;
                    continue;
                }
            }
            if (octet == '\r') {
                if (i + 1 < end && octets[i + 1] == '\n') {
                    i++;
                    continue;
                }
                give(octets, start, i);
                start = i + 1;
                behindCr = true;
            } else if (octet == '\n') {
                give(octets, start, i);
                sink.accept(CRLF, 0, 2);
                start = i + 1;
            } else if (octet <= 0) {
                eightBit |= octet < 0;
                nul |= octet == 0;
            }
        }
        give(octets, start, end);
    }

    private void give(byte[] octets, int from, int to) {
        if (to > from) {
            sink.accept(octets, from, to - from);
        }
    }

    void finish() {
        if (behindCr) {
            behindCr = false;
            sink.accept(CRLF, 0, 2);
        }
    }

    boolean sawEightBit() {
        return eightBit;
    }

    boolean sawNul() {
        return nul;
    }
}
