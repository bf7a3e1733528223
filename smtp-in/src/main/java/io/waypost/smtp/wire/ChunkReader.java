package io.waypost.smtp.wire;

import io.waypost.smtp.Refusal;
import java.io.IOException;

/**
 * Reads the chunks behind BDAT (RFC 3030 2): so many octets as announced, no dots. Line ends are as strict as behind DATA, and
 * one may lie across two chunks. One reader serves one mail.
 */
public final class ChunkReader {

    private final Input input;
    private final int longestLine;
    private boolean afterCr;
    private int lineLength;

    public ChunkReader(Input input, int longestLine) {
        this.input = input;
        this.longestLine = longestLine;
    }

    /**
     * Reads one chunk.
     *
     * @throws WireFault when a line ends in anything but CRLF, or a NUL comes
     * @throws Refusal when the sink gave up
     */
    public void read(long length, Sink sink, Pace pace) throws IOException, WireFault, Refusal {
        if (length > input.limit - input.position) {
            input.enlarge();
        }
        for (long left = length; left > 0; ) {
            if (!input.hasBuffered()) {
                pace.received(input.fill());
            }
            int from = input.position;
            int count = (int) Math.min(left, input.limit - from);
            check(input.octets, from, from + count, sink);
            sink.write(input.octets, from, count);
            input.position = from + count;
            left -= count;
        }
    }

    /** Passes over a chunk that nobody wants. The caller has bounded its length. */
    public static void skip(Input input, long length, Pace pace) throws IOException {
        for (long left = length; left > 0; ) {
            if (!input.hasBuffered()) {
                pace.received(input.fill());
            }
            int count = (int) Math.min(left, input.limit - input.position);
            input.position += count;
            left -= count;
        }
    }

    /** To be called behind the last chunk: a CR at the very end has no LF. */
    public void end() throws WireFault {
        if (afterCr) {
            throw WireFault.at(Octets.CR);
        }
    }

    private void check(byte[] octets, int from, int to, Sink sink) throws WireFault {
        int at = from;
        if (afterCr) {
            if (octets[at] != Octets.LF) {
                throw WireFault.at(Octets.CR);
            }
            afterCr = false;
            lineLength = 0;
            at++;
        }
        while (at < to) {
            int control = Octets.nextControl(octets, at, to);
            lineLength += control - at;
            if (lineLength > longestLine - 2) {
                sink.lineTooLong();
            }
            if (control == to) {
                return;
            }
            if (octets[control] != Octets.CR) {
                throw WireFault.at(octets[control]);
            }
            if (control + 1 == to) {
                afterCr = true;
                return;
            }
            if (octets[control + 1] != Octets.LF) {
                throw WireFault.at(Octets.CR);
            }
            lineLength = 0;
            at = control + 2;
        }
    }
}
