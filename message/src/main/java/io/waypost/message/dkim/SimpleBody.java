package io.waypost.message.dkim;

/** RFC 6376 3.4.3: all as it is, but for the empty lines at the end. Looks only at the ends of each piece. */
final class SimpleBody implements BodyCanonicalizer {

    private static final byte[] CR = {'\r'};

    private final OctetSink sink;
    private final HeldLines lines = new HeldLines();
    private boolean heldCr;

    SimpleBody(OctetSink sink) {
        this.sink = sink;
    }

    @Override
    public void update(byte[] octets, int offset, int length) {
        int start = offset;
        int end = offset + length;
        if (start == end) {
            return;
        }
        if (heldCr) {
            heldCr = false;
            if (octets[start] == '\n') {
                lines.hold(1);
                start++;
            } else {
                give(CR, 0, 1);
            }
        }
        if (start < end && octets[end - 1] == '\r') {
            heldCr = true;
            end--;
        }
        int core = end;
        while (core - start >= 2 && octets[core - 2] == '\r' && octets[core - 1] == '\n') {
            core -= 2;
        }
        if (core > start) {
            give(octets, start, core - start);
        }
        lines.hold((end - core) / 2);
    }

    private void give(byte[] octets, int offset, int length) {
        lines.release(sink);
        sink.accept(octets, offset, length);
    }

    @Override
    public void finish() {
        if (heldCr) {
            give(CR, 0, 1);
        }
        // One line end, whether there were many or none: also for an empty body.
        HeldLines.end(sink);
    }
}
