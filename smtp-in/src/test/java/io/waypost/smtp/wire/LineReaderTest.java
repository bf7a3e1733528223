package io.waypost.smtp.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Refusal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Command lines, in any packets. */
class LineReaderTest {

    @Provide
    Arbitrary<String> traffic() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(
                                12,
                                Arbitraries.of(
                                        "\r\n",
                                        "NOOP\r\n",
                                        "x",
                                        "y".repeat(LineReader.LONGEST - 10),
                                        "z".repeat(300),
                                        "\u00c3\u00a9")),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of("\r", "\n", "\0", "\u00ff")))
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 3000)
    void cutsDoNotMatter(@ForAll("traffic") String traffic, @ForAll List<Integer> cuts) throws Exception {
        assertThat(read(traffic, cuts)).isEqualTo(read(traffic, List.of()));
    }

    @Example
    void aLineOfTheLimitIsReadAndOneOctetMoreIsNot() throws Exception {
        String longest = "x".repeat(LineReader.LONGEST - 2);
        for (List<Integer> cuts : List.of(List.<Integer>of(), List.of(1999), List.of(2000), List.of(1998))) {
            assertThat(read(longest + "\r\nNOOP\r\n", cuts)).containsExactly(longest, "NOOP", "ended");
            assertThat(read(longest + "x\r\nNOOP\r\n", cuts)).containsExactly("line-too-long", "NOOP", "ended");
        }
    }

    @Example
    void anEndlessLineEndsTheConnection() throws Exception {
        assertThat(read("x".repeat(200_000) + "\r\n", List.of())).containsExactly("endless-line");
    }

    @Example
    void faultsAreNamed() throws Exception {
        assertThat(read("A\r\nB\nC\r\n", List.of())).containsExactly("A", "bare-lf");
        assertThat(read("A\rB\r\n", List.of())).containsExactly("bare-cr");
        assertThat(read("A\r\rB\r\n", List.of())).containsExactly("bare-cr");
        assertThat(read("A\0\r\n", List.of())).containsExactly("nul");
        assertThat(read("\u00c3\r\n\u00c3\u00a9\r\n", List.of())).containsExactly("not-utf8", "\u00e9", "ended");
    }

    private static List<String> read(String traffic, List<Integer> cuts) throws Exception {
        LineReader reader = new LineReader(Wire.input(traffic.getBytes(ISO_8859_1), cuts));
        List<String> lines = new ArrayList<>();
        for (; ; ) {
            try {
                lines.add(reader.read());
            } catch (Refusal refusal) {
                lines.add(refusal.reason());
            } catch (WireFault fault) {
                lines.add(fault.kind().reason());
                return lines;
            } catch (EndedException e) {
                lines.add("ended");
                return lines;
            }
        }
    }
}
