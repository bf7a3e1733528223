package io.waypost.message.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.Test;

class QuotedPrintableTest {

    private static String encoded(String text) {
        return new String(QuotedPrintable.encode(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);
    }

    @Test
    void onlyWhatMustBeIsEncoded() {
        assertThat(encoded("a = b \u00e9\r\nend ")).isEqualTo("a =3D b =C3=A9\r\nend=20");
        assertThat(encoded("bare\nand\rbare")).isEqualTo("bare=0Aand=0Dbare");
    }

    @Test
    void linesAreAtMost76Characters() {
        assertThat(encoded("x".repeat(200) + "\u00e9".repeat(100)).lines()).allMatch(line -> line.length() <= 76);
    }

    @Property
    void decodingGivesTheBytesBack(@ForAll byte[] bytes) throws IOException {
        byte[] encoded = QuotedPrintable.encode(bytes);
        try (var in = new QuotedPrintableInputStream(new ByteArrayInputStream(encoded))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }
}
