package io.waypost.smtp.wire;

import io.waypost.smtp.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads command lines, strictly: only CRLF ends one (RFC 5321 2.3.8). */
public final class LineReader {

    /** Octets of the longest command line with its CRLF: 512 and what the announced extensions add (RFC 5321 4.5.3.1.4). */
    public static final int LONGEST = 2000;

    /** Octets of the longest line of an authentication exchange, without its CRLF (RFC 4954 4). */
    public static final int LONGEST_RESPONSE = 12_288;

    private static final int DRAINED = 64 * 1024;

    private final Input input;

    public LineReader(Input input) {
        this.input = input;
    }

    /**
     * The next line without its CRLF.
     *
     * @throws WireFault when a bare CR, a bare LF or a NUL comes before its end
     * @throws Refusal when it is too long (it was read to its end) or not UTF-8
     */
    public String read() throws IOException, WireFault, Refusal {
        return read(LONGEST);
    }

    /** The next line of an authentication exchange, as {@link #read}. */
    public String readResponse() throws IOException, WireFault, Refusal {
        return read(LONGEST_RESPONSE + 2);
    }

    private String read(int longest) throws IOException, WireFault, Refusal {
        input.shrink();
        int seen = 0;
        for (; ; ) {
            int end = lineEnd(seen);
            if (end >= 0) {
                return line(end, longest);
            }
            seen = input.limit - input.position;
            if (seen > 0 && input.octets[input.limit - 1] == Octets.CR) {
                seen--;
            }
            if (seen > longest - 2) {
                skipLine();
                throw tooLong();
            }
            if (seen > LONGEST - 2) {
                // Only a line that needs it gets a large buffer: who is to log in has not been believed yet.
                input.enlarge();
            }
            input.fill();
        }
    }

    public static Refusal tooLong() {
        return Refusal.of("line-too-long", 500, "5.5.2", "Line too long");
    }

    /** The index of the CR that ends the line, or -1 when the buffer holds no end yet. */
    private int lineEnd(int seen) throws WireFault {
        byte[] octets = input.octets;
        int at = Octets.nextControl(octets, input.position + seen, input.limit);
        if (at == input.limit) {
            return -1;
        }
        if (octets[at] != Octets.CR) {
            throw WireFault.at(octets[at]);
        }
        if (at + 1 == input.limit) {
            return -1;
        }
        if (octets[at + 1] != Octets.LF) {
            throw WireFault.at(Octets.CR);
        }
        return at;
    }

    private String line(int end, int longest) throws Refusal {
        int from = input.position;
        input.position = end + 2;
        if (end + 2 - from > longest) {
            throw tooLong();
        }
        for (int i = from; i < end; i++) {
            if (input.octets[i] < 0) {
                return utf8(from, end);
            }
        }
        return new String(input.octets, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private String utf8(int from, int end) throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input.octets, from, end - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.of("not-utf8", 500, "5.5.2", "Neither ASCII nor UTF-8");
        }
    }

    private void skipLine() throws IOException, WireFault {
        int skipped = 0;
        for (; ; ) {
            int end = lineEnd(0);
            if (end >= 0) {
                input.position = end + 2;
                return;
            }
            boolean endsInCr = input.octets[input.limit - 1] == Octets.CR;
            skipped += input.limit - input.position;
            input.position = endsInCr ? input.limit - 1 : input.limit;
            if (skipped > DRAINED) {
                throw new WireFault(WireFault.Kind.ENDLESS_LINE);
            }
            input.fill();
        }
    }
}
