package io.waypost.smtp.wire;

import io.waypost.smtp.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Octets from memory, cut into packets, for tests of the readers. */
final class Wire {

    private Wire() {}

    /** Delivers the octets in packets that end at these positions. */
    static Input input(byte[] octets, List<Integer> cuts) {
        int[] ends = new int[cuts.size() + 1];
        for (int i = 0; i < cuts.size(); i++) {
            ends[i] = Math.floorMod(cuts.get(i), octets.length + 1);
        }
        ends[cuts.size()] = octets.length;
        Arrays.sort(ends);
        Source source = new Source() {
            private int at;

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at == octets.length) {
                    return -1;
                }
                int end = octets.length;
                for (int candidate : ends) {
                    if (candidate > at) {
                        end = candidate;
                        break;
                    }
                }
                int count = Math.min(length, end - at);
                System.arraycopy(octets, at, target, offset, count);
                at += count;
                return count;
            }
        };
        return new Input(source, new Output((bytes, offset, length) -> {}), new BufferPool());
    }

    /** Keeps what it gets. */
    static final class Kept implements Sink {
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean tooLong;

        @Override
        public void write(byte[] bytes, int offset, int length) throws Refusal {
            octets.write(bytes, offset, length);
        }

        @Override
        public void lineTooLong() {
            tooLong = true;
        }

        String text() {
            return octets.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }
}
