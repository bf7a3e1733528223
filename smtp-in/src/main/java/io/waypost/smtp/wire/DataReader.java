package io.waypost.smtp.wire;

import io.waypost.smtp.Refusal;
import java.io.IOException;

/**
 * Reads the content behind DATA up to CRLF.CRLF and takes the stuffed dots out (RFC 5321 4.5.2). Runs of octets go from the
 * input buffer to the sink as they lie there.
 */
public final class DataReader {

    private final Input input;
    private final Pace pace;
    private final int longestLine;

    public DataReader(Input input, Pace pace, int longestLine) {
        this.input = input;
        this.pace = pace;
        this.longestLine = longestLine;
    }

    /**
     * Reads all content. Returns when CRLF.CRLF was consumed, and nothing behind it.
     *
     * @throws WireFault when a line ends in anything but CRLF, or a NUL comes; the rest must not be read as commands
     * @throws Refusal when the sink gave up
     */
    public void read(Sink sink) throws IOException, WireFault, Refusal {
        input.enlarge();
        boolean lineStart = true;
        int lineLength = 0;
        for (; ; ) {
            byte[] octets = input.octets;
            int limit = input.limit;
            int run = input.position;
            int at = run;
            // What of the buffer cannot be judged before more has come: CR, ".", ".CR".
            int rest = limit;
            while (at < limit) {
                if (lineStart) {
                    if (octets[at] == '.') {
                        int dot = dot(octets, at, limit);
                        if (dot == UNDECIDED) {
                            rest = at;
                            break;
                        }
                        write(sink, octets, run, at);
                        if (dot == END) {
                            input.position = at + 3;
                            return;
                        }
                        run = ++at;
                    }
                    lineStart = false;
                    lineLength = 0;
                }
                int control = Octets.nextControl(octets, at, limit);
                if (control == limit) {
                    lineLength += limit - at;
                    at = limit;
                } else if (octets[control] != Octets.CR) {
                    throw WireFault.at(octets[control]);
                } else if (control + 1 == limit) {
                    lineLength += control - at;
                    rest = control;
                    break;
                } else if (octets[control + 1] != Octets.LF) {
                    throw WireFault.at(Octets.CR);
                } else {
                    lineLength += control + 2 - at;
                    at = control + 2;
                    lineStart = true;
                }
                if (lineLength > longestLine) {
                    sink.lineTooLong();
                }
            }
            write(sink, octets, run, rest);
            input.position = rest;
            pace.received(input.fill());
        }
    }

    private static final int UNDECIDED = 0;
    private static final int END = 1;
    private static final int STUFFED = 2;

    private static int dot(byte[] octets, int at, int limit) throws WireFault {
        if (at + 1 == limit) {
            return UNDECIDED;
        }
        if (octets[at + 1] != Octets.CR) {
            return STUFFED;
        }
        if (at + 2 == limit) {
            return UNDECIDED;
        }
        if (octets[at + 2] != Octets.LF) {
            throw WireFault.at(Octets.CR);
        }
        return END;
    }

    private static void write(Sink sink, byte[] octets, int from, int to) throws Refusal {
        if (to > from) {
            sink.write(octets, from, to - from);
        }
    }
}
