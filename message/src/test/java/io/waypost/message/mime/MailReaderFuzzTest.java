package io.waypost.message.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are: reading ends, throws nothing, and its result can be asked for everything. */
class MailReaderFuzzTest {

    private static final MailReader READER =
            new MailReader(new ParseLimits(4, 10, 20, 2_000, 500), (first, length, name) -> "x/y");

    private static final List<String> PIECES = List.of(
            "From: ",
            "To: ",
            "Date: ",
            "Subject: ",
            "Content-Type: ",
            "Content-Disposition: ",
            "References: ",
            "Content-Transfer-Encoding: ",
            "multipart/mixed; ",
            "multipart/digest; ",
            "message/rfc822",
            "boundary=a",
            "boundary=\"\"",
            "text/plain; ",
            "text/html; ",
            "charset=utf-16",
            "charset=x",
            "base64",
            "quoted-printable",
            "filename*0*=utf-8''%e4",
            "filename*1=b",
            "name=\"=?utf-8?b?",
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\r",
            "\t",
            " ",
            "--a",
            "--a--",
            "--",
            "=?utf-8?q?",
            "?=",
            "=?",
            "=3D",
            "=\r\n",
            "aGVsbG8=",
            "====",
            "<",
            ">",
            "(",
            ")",
            "\"",
            "\\",
            ":",
            ";",
            ",",
            "@",
            "a@b",
            "\u0000",
            "ü",
            "\ud83d\ude00",
            "12 Jan 2026 99:99",
            "+9999",
            "%");

    @Property(tries = 3_000)
    void randomBytesAreRead(@ForAll byte[] bytes) throws IOException {
        ask(bytes);
    }

    @Property(tries = 10_000)
    void randomPiecesOfMailAreRead(@ForAll("mails") String mail) throws IOException {
        ask(mail.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> mails() {
        return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
    }

    private static void ask(byte[] bytes) throws IOException {
        ParsedMail parsed = READER.read(new ByteArrayInputStream(bytes));
        MailHeader header = parsed.header();
        for (HeaderField field : header.fields()) {
            assertThat(field.value()).isNotNull();
            assertThat(field.written()).doesNotContain("\r", "\n");
        }
        header.addresses("From")
                .forEach(address -> assertThat(address.display()).isNotNull());
        header.date();
        header.subject();
        header.messageId();
        header.references();
        assertThat(parsed.attachments().size()).isLessThanOrEqualTo(10);
        assertThat(parsed.text() == null ? 0 : parsed.text().length()).isLessThan(600);
        assertThat(parsed.defects()).doesNotContain(Defect.UNPARSEABLE);
    }
}
