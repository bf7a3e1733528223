package io.waypost.message.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalizationTest {

    // In the table, ~ is a blank, > a tab, / a line end, r and n stand for CR and LF alone.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            RFC 6376 3.4.5 example 1        | ~C~/D~>~E///        | ~C~/D~>~E/         | ~C/D~E/
            3.4.3, 3.4.4: nothing           | ''                  | /                  | ''
            3.4.3, 3.4.4: one empty line    | /                   | /                  | ''
            3.4.3, 3.4.4: many empty lines  | //////              | /                  | ''
            3.4.4: blanks only              | ~>~                 | ~>~/               | ''
            3.4.4: blank lines only         | ~/>/                | ~/>/               | ''
            3.4.3, 3.4.4: no end            | A                   | A/                 | A/
            3.4.4: no end behind blanks     | A~>                 | A~>/               | A/
            3.4.4: blanks at the beginning  | >~A/                | >~A/               | ~A/
            3.4.4: a blank line inside      | A/~/B/              | A/~/B/             | A//B/
            empty lines inside              | A////B////          | A////B/            | A////B/
            a CR alone                      | ArB/                | ArB/               | ArB/
            a CR alone at the end           | Ar                  | Ar/                | Ar/
            a CR behind blanks              | A~~rB/              | A~~rB/             | A~rB/
            two CR before a line end        | Ar/                 | Ar/                | Ar/
            a CR behind an empty line       | A//r                | A//r/              | A//r/
            an LF alone                     | AnB/                | AnB/               | AnB/
            an LF alone at the end          | An                  | An/                | An/
            blanks before an LF             | A~~n/               | A~~n/              | A~n/
            octets beyond ASCII             | \u00e9~~\u00ff/     | \u00e9~~\u00ff/    | \u00e9~\u00ff/
            """)
    void bodies(String name, String body, String simple, String relaxed) {
        byte[] octets = octets(body);

        assertThat(canonical(Canonicalization.SIMPLE, octets)).as(name).isEqualTo(octets(simple));
        assertThat(canonical(Canonicalization.RELAXED, octets)).as(name).isEqualTo(octets(relaxed));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            RFC 6376 3.4.5: A               | A:~X/               | A:~X/              | a:X/
            RFC 6376 3.4.5: B               | B~:~Y>/>Z~~/        | B~:~Y>/>Z~~/       | b:Y~Z/
            3.4.2: nothing behind the colon | A:/                 | A:/                | a:/
            3.4.2: blanks behind the colon  | A:~/~>/             | A:~/~>/            | a:/
            3.4.2: colons in the value      | A~>:~b:~c~:~d/      | A~>:~b:~c~:~d/     | a:b:~c~:~d/
            3.4.2: a value in capitals      | Subject:HeLLo/      | Subject:HeLLo/     | subject:HeLLo/
            3.4.2: digits and hyphens       | X-9:~a/             | X-9:~a/            | x-9:a/
            3.4.2: octets beyond ASCII      | A:~\u00c9~~b/       | A:~\u00c9~~b/      | a:\u00c9~b/
            the header ends within it       | A:~x                | A:~x/              | a:x/
            a CR alone in the value         | A:~xry/             | A:~xry/            | a:xry/
            """)
    void fields(String name, String field, String simple, String relaxed) {
        assertThat(Canonicalization.SIMPLE.field(octets(field))).as(name).isEqualTo(octets(simple));
        assertThat(Canonicalization.RELAXED.field(octets(field))).as(name).isEqualTo(octets(relaxed));
    }

    @Property(tries = 5000)
    void howABodyIsCutDoesNotMatter(@ForAll("bodies") String body, @ForAll Canonicalization form, @ForAll long seed) {
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BodyCanonicalizer canonicalizer = form.body(out::write);
        feed(octets, new Random(seed), canonicalizer::update);
        canonicalizer.finish();

        assertThat(out.toByteArray()).isEqualTo(canonical(form, octets));
    }

    /** Against the words of RFC 6376 3.4.3 and 3.4.4, one after the other on the whole body. */
    @Property(tries = 5000)
    void bodiesAreWhatTheRfcSays(@ForAll("bodies") String body) {
        String ended = body.isEmpty() || body.endsWith("\r\n") ? body : body + "\r\n";
        String simple = ended.replaceAll("(\r\n)*\\z", "") + "\r\n";
        String reduced = ended.replaceAll("[ \t]+", " ").replace(" \r\n", "\r\n");
        String kept = reduced.replaceAll("(\r\n)*\\z", "");

        assertThat(text(canonical(Canonicalization.SIMPLE, latin(body)))).isEqualTo(simple);
        assertThat(text(canonical(Canonicalization.RELAXED, latin(body))))
                .isEqualTo(kept.isEmpty() ? "" : kept + "\r\n");
    }

    @Property(tries = 2000)
    void theCanonicalFormOfOneIsItself(@ForAll("bodies") String body, @ForAll Canonicalization form) {
        byte[] once = canonical(form, latin(body));

        assertThat(canonical(form, once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of("\r\n", "\r\n", " ", "\t", "a", "bc", "\r", "\n", "\u00e9", "word word", "\u0000")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private static byte[] canonical(Canonicalization form, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BodyCanonicalizer canonicalizer = form.body(out::write);
        canonicalizer.update(body, 0, body.length);
        canonicalizer.finish();
        return out.toByteArray();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String shown) {
        return latin(shown.replace("/", "\r\n")
                .replace('~', ' ')
                .replace('>', '\t')
                .replace('r', '\r')
                .replace('n', '\n'));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Hands out pieces of 0 to 9 octets, each from a buffer that is overwritten afterwards. */
    private static void feed(byte[] body, Random random, OctetSink sink) {
        byte[] buffer = new byte[16];
        for (int at = 0; at < body.length; ) {
            int length = Math.min(random.nextInt(10), body.length - at);
            System.arraycopy(body, at, buffer, 3, length);
            sink.accept(buffer, 3, length);
            Arrays.fill(buffer, (byte) '!');
            at += length;
        }
    }
}
