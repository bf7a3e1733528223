package io.waypost.outbound.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LineEndsTest {

    @Property(tries = 3000)
    void everyLineEndBecomesCrLfHoweverTheTextIsCut(@ForAll("texts") String text, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineEnds lines = new LineEnds(out::write);
        for (int at = 0; at < octets.length; ) {
            int length = Math.min(1 + random.nextInt(4), octets.length - at);
            lines.update(octets, at, length);
            at += length;
        }
        lines.finish();
        String expected = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(expected);
        assertThat(lines.sawNul()).isEqualTo(text.indexOf('\0') >= 0);
        assertThat(lines.sawEightBit()).isEqualTo(text.indexOf('\u00e9') >= 0);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("\r", "\n", "\r\n", "a", "bc", "\0", "\u00e9")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
