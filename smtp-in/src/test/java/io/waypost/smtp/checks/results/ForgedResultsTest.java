package io.waypost.smtp.checks.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.testing.Headers;
import io.waypost.smtp.testing.Transcript;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgedResultsTest {

    private static final String OURS = "mx.example.com";

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "RFC 8601 2.2 | goes  | plain | Authentication-Results: mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | none | Authentication-Results: mx.example.com; none",
                "RFC 8601 2.2 | goes  | nothing behind the id | Authentication-Results: mx.example.com",
                "RFC 8601 2.2 | goes  | a version | Authentication-Results: mx.example.com 1; dmarc=pass",
                "RFC 8601 2.2 | goes  | a version in comments | Authentication-Results: mx.example.com (a)1(b) ; dmarc=pass",
                "RFC 8601 2.2 | goes  | quoted | Authentication-Results: \"mx.example.com\"; dmarc=pass",
                "RFC 8601 2.2 | goes  | quoted with quoted pairs | Authentication-Results: \"mx\\\\.ex\\\\ample.com\"; dmarc=pass",
                "RFC 5322 3.2 | goes  | a comment first | Authentication-Results: (x; (y)) mx.example.com; dmarc=pass",
                "RFC 5322 3.2 | goes  | folded first | Authentication-Results:\\r\\n mx.example.com;\\r\\n dmarc=pass",
                "RFC 5322 3.2 | goes  | folded behind the id | Authentication-Results: mx.example.com\\r\\n\\t;dmarc=pass",
                "RFC 5322 3.2 | goes  | a folded comment | Authentication-Results: (a\\r\\n b) mx.example.com;dmarc=pass",
                "RFC 4343 3   | goes  | upper case | AUTHENTICATION-RESULTS: MX.Example.COM; dmarc=pass",
                "RFC 5322 4.5 | goes  | a blank before the colon | Authentication-Results : mx.example.com; dmarc=pass",
                "RFC 5322 4.5 | goes  | a NUL in the name | Authentication-Results\\0: mx.example.com; dmarc=pass",
                "RFC 1034 3.1 | goes  | a dot at the end | Authentication-Results: mx.example.com.; dmarc=pass",
                "RFC 8601 2.5 | stays | another server's | Authentication-Results: mx.example.net; dmarc=pass",
                "RFC 8601 2.5 | stays | a name below ours | Authentication-Results: a.mx.example.com; dmarc=pass",
                "RFC 8601 2.5 | stays | a name above ours | Authentication-Results: example.com; dmarc=pass",
                "RFC 8601 2.5 | stays | ours in a property only | Authentication-Results: mx.example.net; iprev=pass policy.iprev=mx.example.com",
                "RFC 8601 2.5 | stays | ours in a comment behind another id | Authentication-Results: mx.example.net (mx.example.com); dmarc=pass",
                "RFC 8601 2.5 | stays | ours quoted in a reason | Authentication-Results: mx.example.net; spf=fail reason=\"mx.example.com; x\"",
                "RFC 8617 4   | stays | ARC's own | ARC-Authentication-Results: i=1; mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | stays | another field | X-Authentication-Results: mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | no semicolon before the results | Authentication-Results: mx.example.com dmarc=pass",
                "RFC 8601 2.2 | goes  | a slash behind the id | Authentication-Results: mx.example.com/1; dmarc=pass",
                "RFC 8601 2.2 | goes  | a port behind the id | Authentication-Results: mx.example.com:25; dmarc=pass",
                "RFC 8601 2.2 | goes  | a comment inside the id | Authentication-Results: mx.(x)example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | blanks inside the id | Authentication-Results: mx. example .com; dmarc=pass",
                "RFC 8601 2.2 | goes  | half of it quoted | Authentication-Results: \"mx\".example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | a quote that does not end | Authentication-Results: \"mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | a comment that does not end | Authentication-Results: (mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | a comment that does not begin | Authentication-Results: x) mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | behind a broken comment's semicolon | Authentication-Results: (x; mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | an equals sign first | Authentication-Results: i=1 mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | a NUL behind the id | Authentication-Results: mx.example.com\\0; dmarc=pass",
                "RFC 8601 2.2 | goes  | a NUL inside the id | Authentication-Results: mx\\0.example.com; dmarc=pass",
                "RFC 8601 2.2 | goes  | angle brackets | Authentication-Results: <mx.example.com>; dmarc=pass",
                "RFC 8601 2.2 | stays | broken, without our id | Authentication-Results: <mx.example.net>; dmarc=pass",
                "RFC 8601 2.2 | stays | broken, ours behind the semicolon | Authentication-Results: <x>; mx.example.com; dmarc=pass",
                "RFC 8601 2.2 | stays | no id at all | Authentication-Results: ; dmarc=pass",
                "RFC 8601 2.2 | stays | empty | Authentication-Results:",
            })
    void table(String section, String expected, String name, String field) {
        byte[] before = "From: a@x.example\r\nX: mx.example.com\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] after = "To: b@y.example\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] header = joined(before, Transcript.unescape(field + "\\r\\n"), after);
        byte[] left = without(header);
        assertThat(left).isEqualTo(expected.equals("goes") ? joined(before, after) : header);
    }

    @ParameterizedTest
    @CsvSource({
        "xn--bcher-kva.example, bücher.example",
        "bücher.example, xn--bcher-kva.example",
        "bücher.example, BÜCHER.example.",
        "MX.example.COM., mx.example.com",
    })
    void anInternationalizedIdIsRecognised(String ours, String written) {
        byte[] header = ("Authentication-Results: " + written + "; none\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(ForgedResults.among(Headers.block(header).fields(), ours, Set.of()))
                .hasSize(1);
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of("", " ", "\t", "\r\n ", "(c)", " (a;b) ", "(mx\\)(x))", "\r\n\t(\"\r\n )");
    }

    @Provide
    Arbitrary<String> forged() {
        Arbitrary<String> ids = Arbitraries.of(
                "mx.example.com", "MX.EXAMPLE.COM", "\"mx.example.com\"", "mx.example.com.", "\"\\mx.exampl\\e.com\"");
        return Combinators.combine(
                        Arbitraries.of("Authentication-Results:", "authentication-RESULTS \t:"),
                        blanks(),
                        ids,
                        blanks(),
                        Arbitraries.of("", " 1", " (v) 1"),
                        blanks(),
                        Arbitraries.of(";none", "; dmarc=pass", ";spf=pass smtp.mailfrom=\"x;\""))
                .as((name, a, id, b, version, c, results) -> name + a + id + b + version + c + results + "\r\n");
    }

    @Property(tries = 3000)
    void everySpellingOfOursGoesAndNothingElse(
            @ForAll("forged") String forged, @ForAll("others") String above, @ForAll("others") String below) {
        byte[] header = (above + forged + below + forged).getBytes(StandardCharsets.UTF_8);
        assertThat(without(header)).isEqualTo((above + below).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> others() {
        return Arbitraries.of(
                        "Authentication-Results: other.example; dmarc=pass\r\n",
                        "Authentication-Results: (mx.example.com) other.example (x) 1; none\r\n",
                        "Subject: mx.example.com; dmarc=pass\r\n folded\r\n",
                        "Received: by mx.example.com\r\n\twith SMTP; now\r\n",
                        "junk without a colon\r\n",
                        "X:\r\n")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list));
    }

    @Property(tries = 5000)
    void noiseIsJudged(@ForAll byte[] noise, @ForAll boolean named) {
        byte[] header = named ? joined("Authentication-Results:".getBytes(StandardCharsets.UTF_8), noise) : noise;
        HeaderBlock block = Headers.block(header);
        List<HeaderBlock.Field> fields = ForgedResults.among(block.fields(), OURS, Set.of());
        int gone =
                fields.stream().mapToInt(field -> field.end() - field.start()).sum();
        assertThat(ForgedResults.without(block.bytes(), fields)).hasSize(block.bytes().length - gone);
    }

    @Property(tries = 2000)
    void whatWeWriteWeRecognise(@ForAll("ids") String id) {
        byte[] field = AuthenticationResults.field(id, List.of(), false).getBytes(StandardCharsets.UTF_8);
        assertThat(ForgedResults.among(Headers.block(field).fields(), id, Set.of()))
                .hasSize(1);
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().withChars("abc0-.").ofMinLength(1).ofMaxLength(30);
    }

    private static byte[] without(byte[] header) {
        HeaderBlock block = Headers.block(header);
        return ForgedResults.without(block.bytes(), ForgedResults.among(block.fields(), OURS, Set.of()));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
