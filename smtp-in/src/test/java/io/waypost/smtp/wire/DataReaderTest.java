package io.waypost.smtp.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Refusal;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** DATA read in any packets gives what a slow and obvious reader gives. */
class DataReaderTest {

    private static final int LONGEST = 40;

    /** What came of reading: how it ended, what was stored, what is left for the next command. */
    record Outcome(String end, String content, String rest, boolean tooLong) {}

    @Provide
    Arbitrary<String> traffic() {
        return Arbitraries.of(
                        "\r\n",
                        "\r\n",
                        "\r\n.",
                        "\r\n.\r\n",
                        "\r",
                        "\n",
                        ".",
                        "..",
                        "\0",
                        "\t",
                        "a",
                        "MAIL FROM:<>\r\n",
                        "0123456789abcdef",
                        "\u00ff",
                        "\u0085")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> soundTraffic() {
        return Arbitraries.of("\r\n", "\r\n..", "\r\n.\r\n", ".", "\t", "a", "MAIL FROM:<>\r\n", "0123456789abcdef")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 3000)
    void cutsDoNotMatter(@ForAll("traffic") String traffic, @ForAll List<Integer> cuts) throws Exception {
        assertThat(read(traffic, cuts)).isEqualTo(obvious(traffic));
    }

    @Property(tries = 2000)
    void cutsDoNotMatterForSoundMail(@ForAll("soundTraffic") String traffic, @ForAll List<Integer> cuts)
            throws Exception {
        assertThat(read(traffic, cuts)).isEqualTo(obvious(traffic));
    }

    @Example
    void everyCutOfOneMailGivesTheSame() throws Exception {
        String mail = "Subject: x\r\n\r\n..a\r\n.b\r\n\r\n...\r\n\t.\r\n.\r\nMAIL FROM:<>\r\n";
        Outcome whole = obvious(mail);
        assertThat(whole.end()).isEqualTo("end");
        assertThat(whole.rest()).isEqualTo("MAIL FROM:<>\r\n");
        for (int first = 0; first <= mail.length(); first++) {
            for (int second = first; second <= mail.length(); second++) {
                assertThat(read(mail, List.of(first, second))).isEqualTo(whole);
            }
        }
    }

    @Example
    void mailLargerThanTheBufferComesWhole() throws Exception {
        StringBuilder mail = new StringBuilder();
        for (int line = 0; mail.length() < 5 * BufferPool.SIZE; line++) {
            mail.append(line % 7 == 0 ? ".." : "").append("x".repeat(line % 30)).append("\r\n");
        }
        String traffic = mail + ".\r\nQUIT\r\n";
        for (int cut : new int[] {BufferPool.SIZE - 2, BufferPool.SIZE - 1, BufferPool.SIZE, 3 * BufferPool.SIZE + 1}) {
            assertThat(read(traffic, List.of(cut))).isEqualTo(obvious(traffic));
        }
    }

    private static Outcome read(String traffic, List<Integer> cuts) throws IOException, Refusal {
        Input input = Wire.input(traffic.getBytes(ISO_8859_1), cuts);
        Wire.Kept kept = new Wire.Kept();
        String end;
        try {
            new DataReader(input, octets -> {}, LONGEST).read(kept);
            end = "end";
        } catch (WireFault fault) {
            // What was stored before a fault is thrown away, and what follows is not read.
            return new Outcome(fault.kind().reason(), "", "", false);
        } catch (EndedException e) {
            return new Outcome("vanished", "", "", false);
        }
        StringBuilder rest = new StringBuilder(new String(input.takeBuffered(), ISO_8859_1));
        try {
            for (; ; ) {
                input.fill();
                rest.append(new String(input.takeBuffered(), ISO_8859_1));
            }
        } catch (EndedException e) {
            return new Outcome(end, kept.text(), rest.toString(), kept.tooLong);
        }
    }

    /** Reads character by character. */
    private static Outcome obvious(String traffic) {
        StringBuilder content = new StringBuilder();
        boolean tooLong = false;
        int at = 0;
        while (at < traffic.length()) {
            int end = at;
            while (end < traffic.length() && "\r\n\0".indexOf(traffic.charAt(end)) < 0) {
                end++;
            }
            if (end == traffic.length() || (traffic.charAt(end) == '\r' && end + 1 == traffic.length())) {
                return new Outcome("vanished", "", "", false);
            }
            if (traffic.charAt(end) == '\0') {
                return new Outcome("nul", "", "", false);
            }
            if (traffic.charAt(end) == '\n') {
                return new Outcome("bare-lf", "", "", false);
            }
            if (traffic.charAt(end + 1) != '\n') {
                return new Outcome("bare-cr", "", "", false);
            }
            String line = traffic.substring(at, end);
            at = end + 2;
            if (line.equals(".")) {
                return new Outcome("end", content.toString(), traffic.substring(at), tooLong);
            }
            String unstuffed = line.startsWith(".") ? line.substring(1) : line;
            tooLong |= unstuffed.length() + 2 > LONGEST;
            content.append(unstuffed).append("\r\n");
        }
        return new Outcome("vanished", "", "", false);
    }
}
