package io.waypost.message.dkim;

import java.nio.charset.StandardCharsets;

/** Line ends that count only if something follows: empty lines at the end of a body are ignored. */
final class HeldLines {

    private static final byte[] ENDS = "\r\n".repeat(256).getBytes(StandardCharsets.US_ASCII);

    private long held;

    void hold(long lines) {
        held += lines;
    }

    boolean isEmpty() {
        return held == 0;
    }

    /** Gives them out, since something follows. */
    void release(OctetSink sink) {
        while (held > 0) {
            int now = (int) Math.min(held, ENDS.length / 2);
            sink.accept(ENDS, 0, now * 2);
            held -= now;
        }
    }

    /** Gives out one line end. */
    static void end(OctetSink sink) {
        sink.accept(ENDS, 0, 2);
    }
}
