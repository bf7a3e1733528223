package io.waypost.message.mime;

import static io.waypost.message.mime.Defect.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MailReaderTest {

    private static final MailReader READER = new MailReader(ParseLimits.DEFAULT, TypeDetector.NONE);

    private static ParsedMail read(byte[] bytes) throws IOException {
        return READER.read(new ByteArrayInputStream(bytes));
    }

    private static ParsedMail read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String nested(int depth) {
        StringBuilder text = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
        for (int i = 0; i < depth; i++) {
            text.append("--b" + i + "\r\nContent-Type: multipart/mixed; boundary=b" + (i + 1) + "\r\n\r\n");
        }
        return text + "--b" + depth + "\r\n\r\ndeep\r\n--b" + depth + "--\r\n";
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                bad("nothing at all", ""),
                bad("only a line end", "\r\n"),
                bad("no header, only text", "hello\r\nworld\r\n", HEADER_BROKEN),
                bad("a line without a colon", lines("From: a@b", "rubbish", "To: c@d", "", "x"), HEADER_BROKEN),
                bad("a header without a body", "From: a@b\r\nTo: c@d"),
                bad(
                        "a multipart without a boundary",
                        lines("Content-Type: multipart/mixed", "", "x"),
                        BOUNDARY_MISSING),
                bad(
                        "a boundary that never comes",
                        lines("Content-Type: multipart/mixed; boundary=a", "", "x"),
                        BOUNDARY_UNCLOSED),
                bad(
                        "no closing boundary",
                        lines("Content-Type: multipart/mixed; boundary=a", "", "--a", "", "x"),
                        BOUNDARY_UNCLOSED),
                bad("21 levels", nested(21), MIME_DEPTH),
                bad(
                        "1,001 parts",
                        "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + "--a\r\n\r\nx\r\n".repeat(1_001),
                        PARTS_LIMIT),
                bad("1,001 fields", "X: y\r\n".repeat(1_001) + "\r\nx", HEADERS_LIMIT),
                bad("a header too large", ("X: " + "y".repeat(990) + "\r\n").repeat(300) + "\r\nx", HEADERS_LIMIT),
                bad("one field too large", "X: y\r\n" + (" " + "y".repeat(990) + "\r\n").repeat(300), HEADERS_LIMIT),
                bad("one line too long", "X: " + "y".repeat(300_000) + "\r\n\r\nx", LINE_LIMIT),
                bad("foreign base64", base64("aGVs*bG8="), BASE64_BROKEN),
                bad("cut base64", base64("aGVsbG8"), BASE64_BROKEN),
                bad("padding first", base64("=aGVsbG8="), BASE64_BROKEN),
                bad("two base64 texts", base64("aGVsbG8=aGVsbG8="), BASE64_BROKEN),
                bad(
                        "a lost =",
                        lines("Content-Transfer-Encoding: quoted-printable", "", "1=ZZ2"),
                        QUOTED_PRINTABLE_BROKEN),
                bad("unknown encoding", lines("Content-Transfer-Encoding: x-uuencode", "", "x"), ENCODING_UNKNOWN),
                bad("unknown charset", lines("Content-Type: text/plain; charset=klingon", "", "ü"), CHARSET_UNKNOWN),
                bad(
                        "an illegal charset name",
                        lines("Content-Type: text/plain; charset=\"=?!\"", "", "ü"),
                        CHARSET_UNKNOWN),
                bad("8 bit as ASCII", lines("Content-Type: text/plain; charset=us-ascii", "", "ü"), CHARSET_WRONG),
                bad("8 bit without a charset", lines("From: a@b", "", "ü"), CHARSET_UNDECLARED),
                bad("a date that is none", lines("Date: yesterday", "", "x"), DATE_BROKEN),
                bad("an address that is none", lines("From: Bob", "", "x"), ADDRESS_BROKEN),
                bad(
                        "a part without fields",
                        lines("Content-Type: multipart/mixed; boundary=a", "", "--a", "", "x", "--a--")),
                bad(
                        "an empty part",
                        lines("Content-Type: multipart/mixed; boundary=a", "", "--a", "A: b", "", "--a--")),
                bad("a broken type", lines("Content-Type: ;;;===", "", "x")),
                bad("two types", lines("Content-Type: text/plain", "Content-Type: text/html", "", "x")));
    }

    private static String base64(String body) {
        return lines("Content-Type: application/pdf", "Content-Transfer-Encoding: base64", "", body);
    }

    private static Arguments bad(String what, String message, Defect... defects) {
        return Arguments.of(what, message, defects);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void namesWhatIsWrong(String what, String message, Defect[] defects) throws IOException {
        assertThat(read(message).defects()).containsExactlyInAnyOrder(defects);
    }

    @Test
    void everyDefectHasAWordAndATestAboveOrBelow() {
        var tested = new java.util.HashSet<Defect>();
        malformed().forEach(row -> tested.addAll(java.util.List.of((Defect[]) row.get()[2])));
        tested.add(TEXT_LIMIT);
        tested.add(UNPARSEABLE);
        assertThat(tested).containsExactlyInAnyOrder(Defect.values());
        assertThat(BASE64_BROKEN.word()).isEqualTo("base64-broken");
    }

    @Test
    void whatWasReadBeforeALimitIsKept() throws IOException {
        ParsedMail parsed = read("From: a@b\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
                + "--a\r\n\r\nfirst\r\n" + "--a\r\nContent-Type: application/pdf\r\n\r\nx\r\n".repeat(1_001));
        assertThat(parsed.text()).isEqualTo("first");
        assertThat(parsed.attachments()).hasSize(999);
        assertThat(parsed.header().addresses("from")).hasSize(1);
    }

    @Test
    void textBeyondTheLimitIsLeftOutAndNamed() throws IOException {
        MailReader small = new MailReader(new ParseLimits(20, 100, 100, 10_000, 4), TypeDetector.NONE);
        ParsedMail parsed = small.read(new ByteArrayInputStream(
                lines("Content-Type: text/plain; charset=utf-8", "", "abcü").getBytes(StandardCharsets.UTF_8)));
        assertThat(parsed.text()).isEqualTo("abc");
        assertThat(parsed.defects()).containsExactly(TEXT_LIMIT);
    }

    @Test
    void aBrokenSourceIsNotABrokenMessage() {
        InputStream breaks = new SequenceInputStream(
                new ByteArrayInputStream("From: a@b\r\n\r\ntext".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });
        assertThatThrownBy(() -> READER.read(breaks)).hasMessage("the disk is gone");
    }

    @Test
    void attachmentsAreMeasuredAndHashedDecoded() throws Exception {
        byte[] pdf = new byte[200_001];
        new Random(1).nextBytes(pdf);
        byte[][] shown = new byte[1][];
        MailReader looking = new MailReader(ParseLimits.DEFAULT, (first, length, name) -> {
            shown[0] = java.util.Arrays.copyOf(first, length);
            return "seen/" + name;
        });
        ParsedMail parsed = looking.read(new ByteArrayInputStream(lines(
                        "Content-Type: multipart/mixed; boundary=\"a b\"",
                        "",
                        "--a b",
                        "Content-Type: Application/PDF; name=\"=?utf-8?q?r=C3=A9sum=C3=A9.pdf?=\"",
                        "Content-ID: <p1@x>",
                        "Content-Disposition: INLINE",
                        "Content-Transfer-Encoding: BASE64",
                        "",
                        Base64.getMimeEncoder().encodeToString(pdf),
                        "--a b--")
                .getBytes(StandardCharsets.UTF_8)));

        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf));
        assertThat(parsed.attachments())
                .containsExactly(new Attachment(
                        "résumé.pdf", "application/pdf", "seen/résumé.pdf", 200_001, hash, "p1@x", "inline"));
        assertThat(parsed.defects()).isEmpty();
        assertThat(shown[0]).isEqualTo(java.util.Arrays.copyOf(pdf, TypeDetector.FIRST_BYTES));
    }

    @Test
    void aForwardedMessageIsAnAttachment() throws IOException {
        ParsedMail parsed = read(lines(
                "Content-Type: multipart/mixed; boundary=a",
                "",
                "--a",
                "",
                "see below",
                "--a",
                "Content-Type: message/rfc822",
                "",
                "Subject: inner",
                "Content-Type: text/html",
                "",
                "<p>inner</p>",
                "--a--"));
        assertThat(parsed.text()).isEqualTo("see below");
        assertThat(parsed.html()).isNull();
        assertThat(parsed.attachments())
                .singleElement()
                .extracting(Attachment::type)
                .isEqualTo("message/rfc822");
    }

    @Test
    void anAttachedTextFileIsNotTheText() throws IOException {
        ParsedMail parsed = read(lines(
                "Content-Type: multipart/mixed; boundary=a",
                "",
                "--a",
                "",
                "one",
                "--a",
                "Content-Disposition: attachment; filename=\"../../etc/pass\u202ewd\"",
                "",
                "two",
                "--a",
                "Content-Type: text/plain",
                "",
                "three",
                "--a--"));
        assertThat(parsed.text()).isEqualTo("one\nthree");
        assertThat(parsed.attachments())
                .singleElement()
                .extracting(Attachment::name)
                .isEqualTo("passwd");
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("utf-8", "Grüße €", "utf-8"),
                Arguments.of("iso-8859-1", "Grüße", "iso-8859-1"),
                Arguments.of("iso-8859-1", "“quoted” €", "windows-1252"),
                Arguments.of("gb2312", "中文鎔", "GB18030"),
                Arguments.of("iso-2022-jp", "日本語", "iso-2022-jp"),
                Arguments.of("utf-16", "wide", "utf-16"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsDecodedAsDeclared(String declared, String text, String written) throws IOException {
        byte[] header = lines("Content-Type: text/plain; charset=" + declared, "Content-Transfer-Encoding: base64", "")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = Base64.getMimeEncoder().encode(text.getBytes(Charset.forName(written)));
        ParsedMail parsed =
                READER.read(new SequenceInputStream(new ByteArrayInputStream(header), new ByteArrayInputStream(body)));
        assertThat(parsed.text()).isEqualTo(text);
        assertThat(parsed.defects()).isEmpty();
    }

    @Test
    void undeclaredTextIsReadAsUtf8ElseAsWindows1252() throws IOException {
        assertThat(read(lines("Subject: Grüße", "", "ü")).text()).isEqualTo("ü\r\n");
        ParsedMail old = read("Subject: Gr\u00fc\u00dfe\r\n\r\n\u0093x\u0094".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(old.text()).isEqualTo("“x”");
        assertThat(old.header().subject()).contains("Grüße");
        assertThat(old.defects()).containsExactly(CHARSET_UNDECLARED);
    }

    @Test
    void theHeaderAloneStopsAtItsEnd() throws IOException {
        MailHeader header = READER.readHeader(new SequenceInputStream(
                new ByteArrayInputStream(
                        lines("A: 1", "B:  2", "\t 3", "A:4", "").getBytes(StandardCharsets.UTF_8)),
                new ByteArrayInputStream("body: no\r\n".repeat(10_000).getBytes(StandardCharsets.UTF_8))));
        assertThat(header.fields())
                .containsExactly(new HeaderField("A", "1"), new HeaderField("B", "2\t 3"), new HeaderField("A", "4"));
    }

    @Test
    void hostileRepetitionsCostNoMoreThanTheirLength() {
        String[] hostile = {
            "Subject: " + "=?a?q?".repeat(40_000) + "\r\n\r\n",
            "Subject: " + "=?utf-8?q?x?= ".repeat(18_000) + "\r\n\r\n",
            "From: " + "(".repeat(200_000) + "\r\n\r\n",
            "From: " + "<".repeat(200_000) + "\r\n\r\n",
            "From: " + "a@b,".repeat(60_000) + "\r\n\r\n",
            "References: " + "<".repeat(200_000) + "\r\n\r\n",
            "Content-Type: a/b" + ";x=\"".repeat(60_000) + "\r\n\r\n",
            "Content-Disposition: a;" + "f*0*=%41;".repeat(20_000) + "\r\n\r\n",
            "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n" + "--\r\n".repeat(200_000),
            "Content-Type: multipart/mixed; boundary=-\r\n\r\n" + "-".repeat(1_000_000),
            "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + "--a\r\n".repeat(200_000),
            "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + "--aa\r\n".repeat(200_000),
        };
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String message : hostile) {
                read(message);
            }
        });
    }
}
