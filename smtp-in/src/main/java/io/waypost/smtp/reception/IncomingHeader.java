package io.waypost.smtp.reception;

import io.waypost.smtp.Limits;
import io.waypost.smtp.Refusal;
import java.util.Arrays;

/**
 * The header of a mail on its way in: gathers its octets up to the line that ends it, and refuses what is beyond the limits. It ends
 * at the empty line, or at the first line that is no field. Used by one thread.
 */
public final class IncomingHeader implements AutoCloseable {

    private final Limits limits;
    private final HeaderMemory memory;
    private final FieldLines lines = new FieldLines();
    private byte[] octets = new byte[HeaderMemory.FREE / 8];
    private int count;
    private int taken;

    IncomingHeader(Limits limits, HeaderMemory memory) {
        this.limits = limits;
        this.memory = memory;
    }

    /**
     * Takes octets while the header lasts.
     *
     * @return how many belonged to the header and the line that ended it; fewer than offered only when {@link #ended()}
     * @throws Refusal when it breaks a limit, or when there is no memory for it now
     */
    public int take(byte[] offered, int offset, int length) throws Refusal {
        int used = lines.take(offered, offset, length);
        append(offered, offset, used);
        if (lines.size() > limits.headerSize() || lines.count() > limits.headerLines()) {
            throw Refusal.of("header-too-large", 552, "5.6.0", "Message header too large");
        }
        if (lines.startsFolded()) {
            throw Refusal.of("header-starts-folded", 554, "5.6.0", "Message begins with a continuation line");
        }
        if (lines.received() > limits.hops()) {
            throw Refusal.of("too-many-hops", 554, "5.4.6", "Too many hops, this mail is looping");
        }
        return used;
    }

    private void append(byte[] offered, int offset, int length) throws Refusal {
        if (count + length > octets.length) {
            int wanted = Math.max(count + length, octets.length * 2);
            if (wanted > HeaderMemory.FREE) {
                int more = wanted - Math.max(octets.length, HeaderMemory.FREE);
                if (!memory.take(more)) {
                    throw Refusal.of(
                            "out-of-memory", 451, "4.3.0", "Too busy for a header of this size, try again later");
                }
                taken += more;
            }
            octets = Arrays.copyOf(octets, wanted);
        }
        System.arraycopy(offered, offset, octets, count, length);
        count += length;
    }

    /** Whether all of it has come. */
    public boolean ended() {
        return lines.ended();
    }

    /** The fields with their line ends; without the line that ended them. Complete once {@link #ended()}, or when nothing follows. */
    public byte[] fields() {
        return Arrays.copyOf(octets, lines.ended() ? lines.size() : count);
    }

    /** The line that ended the header, with its line end: an empty one, or the first that is no field. Empty when nothing ended it. */
    public byte[] end() {
        return lines.ended() ? Arrays.copyOfRange(octets, lines.size(), count) : new byte[0];
    }

    /** Gives its memory back. May be called twice. */
    @Override
    public void close() {
        memory.giveBack(taken);
        taken = 0;
        octets = new byte[0];
        count = 0;
    }
}
