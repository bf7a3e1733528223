package io.waypost.smtp.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a mail is cut into chunks and packets, BDAT gives the same. */
class ChunkReaderTest {

    private static final int LONGEST = 40;

    @Provide
    Arbitrary<String> content() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(
                                20, Arbitraries.of("\r\n", "\r\n.\r\n", ".", "\t", "a", "0123456789abcdef")),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of("\r", "\n", "\0")))
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 3000)
    void cutsDoNotMatter(@ForAll("content") String content, @ForAll List<Integer> chunks, @ForAll List<Integer> packets)
            throws Exception {
        assertThat(read(content, chunks, packets)).isEqualTo(read(content, List.of(), List.of()));
    }

    @Property(tries = 1000)
    void onlyCrlfEndsALine(@ForAll("content") String content) throws Exception {
        boolean sound = !content.replace("\r\n", "").matches("(?s).*[\r\n\0].*");
        String outcome = read(content, List.of(), List.of());
        if (sound) {
            boolean tooLong = content.lines().anyMatch(line -> line.length() + 2 > LONGEST);
            assertThat(outcome).isEqualTo((tooLong ? "too long" : "end") + ":" + content);
        } else {
            assertThat(outcome).isIn("bare-cr", "bare-lf", "nul");
        }
    }

    @Example
    void aChunkThatDoesNotComeWholeEndsTheConnection() throws Exception {
        Input input = Wire.input("abc".getBytes(ISO_8859_1), List.of());
        assertThat(catchEnd(() -> new ChunkReader(input, LONGEST).read(4, new Wire.Kept(), octets -> {})))
                .isTrue();
    }

    private interface Reading {
        void run() throws IOException, WireFault, Refusal;
    }

    private static boolean catchEnd(Reading reading) throws Exception {
        try {
            reading.run();
            return false;
        } catch (EndedException e) {
            return true;
        }
    }

    private static String read(String content, List<Integer> chunks, List<Integer> packets)
            throws IOException, Refusal {
        List<Integer> ends = new ArrayList<>(chunks.stream()
                .map(end -> Math.floorMod(end, content.length() + 1))
                .sorted()
                .toList());
        ends.add(content.length());
        Input input = Wire.input(content.getBytes(ISO_8859_1), packets);
        ChunkReader reader = new ChunkReader(input, LONGEST);
        Wire.Kept kept = new Wire.Kept();
        try {
            int at = 0;
            for (int end : ends) {
                reader.read(end - at, kept, octets -> {});
                at = end;
            }
            reader.end();
            return (kept.tooLong ? "too long" : "end") + ":" + kept.text();
        } catch (WireFault fault) {
            return fault.kind().reason();
        }
    }
}
