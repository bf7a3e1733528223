package io.waypost.message.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.compose.Composition.Field;
import io.waypost.message.compose.Composition.Text;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that are chosen. */
class ComposerTest {

    private static String composed(
            Optional<String> text, Optional<String> html, Charset charset, List<Field> fields, Attached... attached)
            throws IOException {
        Composition composition = new Composition(
                Mailbox.parse("\"Doe, J\" <j@example.com>"),
                List.of(Mailbox.parse("b@example.com"), Mailbox.parse("Jos\u00e9 <c@example.com>")),
                List.of(Mailbox.parse("d@example.com")),
                List.of(),
                "Hello",
                text.map(it -> new Text(it, charset)),
                html.map(it -> new Text(it, charset)),
                fields,
                List.of(attached));
        return new String(
                ComposerPropertiesTest.bytes(new Composer(new Random(1)).compose(composition)),
                StandardCharsets.ISO_8859_1);
    }

    private static Attached file(String name, boolean inline, TransferEncoding encoding, String content) {
        return new Attached(
                name,
                Optional.empty(),
                inline,
                inline ? Optional.of("pic") : Optional.empty(),
                Optional.empty(),
                encoding,
                content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPlainMessageToTheLetter() throws IOException {
        assertThat(composed(
                        Optional.of("Hi\nthere\n"),
                        Optional.empty(),
                        StandardCharsets.UTF_8,
                        List.of(new Field("X-Thing", "one two"))))
                .isEqualTo("""
                        From: "Doe, J" <j@example.com>
                        To: b@example.com,
                         =?UTF-8?Q?Jos=C3=A9?= <c@example.com>
                        Cc: d@example.com
                        Subject: Hello
                        X-Thing: one two
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=UTF-8
                        Content-Transfer-Encoding: 7bit

                        Hi
                        there
                        """.replace("\n", "\r\n"));
    }

    @Test
    void textsAreAlternativesPicturesRelatedFilesBeside() throws IOException {
        String message = composed(
                Optional.of("t"),
                Optional.of("<img src='cid:pic'>"),
                StandardCharsets.UTF_8,
                List.of(),
                file("a.pdf", false, TransferEncoding.BASE64, "pdf"),
                file("p.png", true, TransferEncoding.BASE64, "png"));
        assertThat(message.lines()
                        .filter(line -> line.startsWith("Content-Type"))
                        .map(line -> line.replaceAll(";.*", "")))
                .containsExactly(
                        "Content-Type: multipart/mixed",
                        "Content-Type: multipart/alternative",
                        "Content-Type: text/plain",
                        "Content-Type: multipart/related",
                        "Content-Type: text/html",
                        "Content-Type: image/png",
                        "Content-Type: application/pdf");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            RFC 2045 2.7 ASCII as it is                  | hello                | UTF-8      | UTF-8       | 7bit
            RFC 2045 6.7 few characters beyond           | the quick brown \u00e9t\u00e9 | UTF-8 | UTF-8       | quoted-printable
            RFC 2045 6.8 most beyond                     | \u65e5\u672c\u8a9e\u65e5 | UTF-8      | UTF-8       | base64
            the charset that was asked for               | the quick brown \u00e9 | ISO-8859-1 | ISO-8859-1 | quoted-printable
            not one that lacks a character               | x \u20ac yyyyyyyyyyyyyyyyyyyy | ISO-8859-1 | UTF-8 | quoted-printable
            RFC 2046 4.1.2 none where CRLF is another    | hello                | UTF-16     | UTF-8       | 7bit
            """)
    void aTextsEncoding(String name, String text, String asked, String charset, String encoding) throws IOException {
        assertThat(composed(Optional.of(text), Optional.empty(), Charset.forName(asked), List.of()))
                .contains("charset=" + charset + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            SEVEN_BIT        | abc    | 7bit
            SEVEN_BIT        | \u00e9 | base64
            QUOTED_PRINTABLE | \u00e9 | quoted-printable
            BASE64           | abc    | base64
            """)
    void aFilesEncodingIsTheWishWhereItCanBe(TransferEncoding asked, String content, String encoding)
            throws IOException {
        assertThat(composed(
                        Optional.of("t"),
                        Optional.empty(),
                        StandardCharsets.UTF_8,
                        List.of(),
                        file("f", false, asked, content)))
                .contains("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: " + encoding + "\r\n");
    }

    @Test
    void aMessageInAMessageIsNotEncoded() throws IOException {
        Attached forwarded = new Attached(
                "m.eml",
                Optional.of("message/rfc822"),
                false,
                Optional.empty(),
                Optional.empty(),
                TransferEncoding.BASE64,
                "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(composed(Optional.of("t"), Optional.empty(), StandardCharsets.UTF_8, List.of(), forwarded))
                .contains("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            RFC 5322 3.4.1 an address                | a@example.com                  |                | a@example.com
            RFC 5322 3.4 a name                      | Alice B <a@Example.COM>        | Alice B        | a@example.com
            RFC 5322 3.2.4 a quoted name             | "B, \\"A\\"" <a@example.com>   | B, "A"         | a@example.com
            RFC 2047 an encoded name                 | =?UTF-8?Q?Jos=C3=A9?= <a@b.c>  | Jos\u00e9      | a@b.c
            a name beyond ASCII as it is             | Jos\u00e9 <a@b.c>              | Jos\u00e9      | a@b.c
            RFC 5321 4.1.2 a quoted local part       | "a b"@example.com              |                | "a b"@example.com
            RFC 6531 a local part beyond ASCII       | jos\u00e9@example.com          |                | jos\u00e9@example.com
            RFC 5890 a domain beyond ASCII           | a@b\u00fccher.example          |                | a@xn--bcher-kva.example
            """)
    void aMailbox(String name, String written, String shown, String address) {
        Mailbox mailbox = Mailbox.parse(written);
        assertThat(mailbox.name().orElse(null)).isEqualTo(shown);
        assertThat(mailbox.address().toString()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@b.c",
                "a@",
                "a b@c.d",
                "a@b c.d",
                "a@.b",
                "a@b..c",
                "a@b.",
                "a@[192.0.2.1]",
                "<a@b.c",
                "a@b.c>",
                "a@b.c, d@e.f",
                "x <a@b.c> <d@e.f>",
                "\"x <a@b.c>",
                "a@b.c\r\nBcc: d@e.f",
                "x\r\nBcc: d@e.f <a@b.c>",
                "a..b@c.d",
                ".a@b.c",
                "a@b.c\u0000",
                "a@-b.c",
                "a@b_c.d",
                "x\u2028y <a@b.c>",
                "a\u2003@b.c",
                "a\u200b@b.c",
                "\"a\u00a0b\"@c.d"
            })
    void noMailbox(String written) {
        assertThatThrownBy(() -> Mailbox.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noMailboxIsLongerThanAThousand() {
        assertThatThrownBy(() -> Mailbox.parse("\"" + "x".repeat(100_000) + "\" <a@b.c>"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"a b,x", "a:b,x", "'',x", "'a\r\nb',x", "a,'x\r\nBcc: y'", "a,\u00e9", "a,'x\u0000'"})
    void noField(String name, String value) {
        assertThatThrownBy(() -> new Field(name, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "text/",
                "text/plain\r\nX: y",
                "text/plain; charset",
                "te xt/plain",
                "text/plain; x=\"\"\""
            })
    void noMediaType(String type) {
        assertThatThrownBy(() -> new Attached(
                        "f",
                        Optional.of(type),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        TransferEncoding.BASE64,
                        new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
