package io.waypost.message.dkim;

/**
 * RFC 6376 3.4.4: runs of blanks become one, blanks at the ends of lines and empty lines at the end go. Most of a usual text passes
 * unchanged: such stretches, single blanks and line ends included, go to the sink in one piece.
 */
final class RelaxedBody implements BodyCanonicalizer {

    private static final byte[] BLANK = {' '};
    private static final byte[] CR = {'\r'};

    private final OctetSink sink;
    private final HeldLines lines = new HeldLines();
    private boolean heldBlank;
    private boolean heldCr;
    private boolean empty = true;

    RelaxedBody(OctetSink sink) {
        this.sink = sink;
    }

    @Override
    public void update(byte[] octets, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (!heldCr && isPlain(octets[at])) {
                int stretch = stretch(octets, at, end);
                give(octets, at, stretch - at);
                at = stretch;
            } else {
                at += one(octets[at]);
            }
        }
    }

    /** Takes a single octet that may change what is held; answers whether it was used up. */
    private int one(byte octet) {
        if (heldCr) {
            heldCr = false;
            if (octet == '\n') {
                heldBlank = false;
                lines.hold(1);
                return 1;
            }
            give(CR, 0, 1);
            return 0;
        }
        if (octet == '\r') {
            heldCr = true;
        } else {
            heldBlank = true;
        }
        return 1;
    }

    /** Where the octets that go unchanged end: behind a plain one always. */
    private static int stretch(byte[] octets, int from, int end) {
        int at = from + 1;
        while (at < end) {
            byte octet = octets[at];
            if (isPlain(octet)) {
                at++;
            } else if (octet == ' ' && at + 1 < end && isPlain(octets[at + 1])) {
                at += 2;
            } else if (octet == '\r' && at + 2 < end && octets[at + 1] == '\n' && isPlain(octets[at + 2])) {
                at += 3;
            } else {
                break;
            }
        }
        return at;
    }

    private static boolean isPlain(byte octet) {
        return octet > ' ' || octet < 0 || (octet != ' ' && octet != '\t' && octet != '\r');
    }

    private void give(byte[] octets, int offset, int length) {
        empty = false;
        lines.release(sink);
        if (heldBlank) {
            heldBlank = false;
            sink.accept(BLANK, 0, 1);
        }
        sink.accept(octets, offset, length);
    }

    @Override
    public void finish() {
        if (heldCr) {
            give(CR, 0, 1);
        }
        // A line without its end gets one; a body of nothing, of blanks or of empty lines is nothing at all.
        if (!empty) {
            HeldLines.end(sink);
        }
    }
}
