package io.waypost.outbound.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Domain;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.outbound.MemorySpool;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.ConfigurationSet.HttpsPolicy;
import io.waypost.outbound.port.ConfigurationSet.Redirect;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Which parts of a message are written anew, how they are encoded, and what goes through octet by octet (RFC 2045, 2046). */
class BodyLinksTest {

    private static final MessageId MAIL = MessageId.nextSent(Instant.EPOCH, new Random(1));
    private static final TrackedLinks TOKENS = new TrackedLinks(new byte[32]);
    private static final String PAGE = "https://mx.test/unsubscribe?t=TOKEN";
    private static final String LINK = "<a href=\"https://a.test/\">x</a>";

    private final MemorySpool spool = new MemorySpool();
    private final BodyLinks links = new BodyLinks(URI.create("https://mx.test"), TOKENS, spool);

    private static Optional<ConfigurationSet> set(boolean opens, boolean clicks, Optional<Redirect> redirect) {
        return Optional.of(new ConfigurationSet(
                "main",
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                opens,
                clicks,
                redirect));
    }

    private String clicks(String mail) throws Exception {
        return written(mail, set(false, true, Optional.empty()), Optional.empty())
                .replaceAll("https?://[a-z.]+/c/[A-Za-z0-9_-]+", "[LINK]");
    }

    private String list(String mail) throws Exception {
        return written(mail, Optional.empty(), Optional.of(PAGE));
    }

    private String written(String mail, Optional<ConfigurationSet> set, Optional<String> page) throws Exception {
        MessageContent content = MessageContent.of(mail.getBytes(StandardCharsets.ISO_8859_1));
        try (BodyLinks.Linked linked = links.into(content, MAIL, set, page);
                InputStream in = linked.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } finally {
            assertThat(spool.openDrafts).isZero();
        }
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    static final List<Arguments> CHANGED = List.of(
            Arguments.of(
                    "a message of HTML",
                    "Content-Type: text/html\n\n" + LINK + "\n",
                    "Content-Type: text/html\n\n<a href=\"[LINK]\">x</a>\n"),
            Arguments.of("alternatives within related parts (RFC 2046 5.1)", """
                    Content-Type: multipart/related; boundary=out

                    before --out <a href="https://a.test/">
                    --out
                    Content-Type: multipart/alternative;
                     boundary="in ner"

                    --in ner
                    Content-Type: text/plain

                    <a href="https://a.test/">x</a>
                    --in ner
                    Content-Type: TEXT/HTML; charset="UTF-8"
                    X-Other: kept

                    <a href="https://a.test/">x</a>
                    --in ner--
                    between
                    --out
                    Content-Type: text/html; name=a.html

                    <a href="https://a.test/">x</a>
                    --out
                    Content-Type: text/html
                    Content-Disposition: inline

                    <a href="https://a.test/">x</a>

                    --out--
                    behind <a href="https://a.test/">
                    """, """
                    Content-Type: multipart/related; boundary=out

                    before --out <a href="https://a.test/">
                    --out
                    Content-Type: multipart/alternative;
                     boundary="in ner"

                    --in ner
                    Content-Type: text/plain

                    <a href="https://a.test/">x</a>
                    --in ner
                    Content-Type: TEXT/HTML; charset="UTF-8"
                    X-Other: kept

                    <a href="[LINK]">x</a>
                    --in ner--
                    between
                    --out
                    Content-Type: text/html; name=a.html

                    <a href="https://a.test/">x</a>
                    --out
                    Content-Type: text/html
                    Content-Disposition: inline

                    <a href="[LINK]">x</a>

                    --out--
                    behind <a href="https://a.test/">
                    """),
            Arguments.of("the outer multipart ends before the inner (RFC 2046 5.1.2)", """
                    Content-Type: multipart/mixed; boundary=out

                    --out
                    Content-Type: multipart/mixed; boundary=in

                    --in
                    Content-Type: text/html

                    <a href="https://a.test/">1</a>
                    --out
                    Content-Type: text/html

                    <a href="https://a.test/">2</a>
                    """, """
                    Content-Type: multipart/mixed; boundary=out

                    --out
                    Content-Type: multipart/mixed; boundary=in

                    --in
                    Content-Type: text/html

                    <a href="[LINK]">1</a>
                    --out
                    Content-Type: text/html

                    <a href="[LINK]">2</a>
                    """),
            Arguments.of("a part without an empty line, a delimiter with blanks", """
                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/html
                    --b \t
                    Content-Type: text/html

                    <a href="https://a.test/">2</a>
                    --bb
                    --b--
                    """, """
                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/html
                    --b \t
                    Content-Type: text/html

                    <a href="[LINK]">2</a>
                    --bb
                    --b--
                    """),
            Arguments.of(
                    "8bit, every octet kept",
                    "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n\u00e9\u00ff"
                            + LINK,
                    "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n\u00e9\u00ff<a href=\"[LINK]\">x</a>"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CHANGED")
    void changed(String name, String mail, String expected) throws Exception {
        assertThat(clicks(mail)).as("line feeds").isEqualTo(expected);
        assertThat(clicks(crlf(mail))).as("line ends").isEqualTo(crlf(expected));
    }

    static final List<Arguments> UNCHANGED = List.of(
            Arguments.of("plain text", "Content-Type: text/plain\n\n" + LINK),
            Arguments.of("no type (RFC 2045 5.2)", "Subject: x\n\n" + LINK),
            Arguments.of("no link", "Content-Type: text/html\n\n<p>x</p>"),
            Arguments.of("no body", "Content-Type: text/html\n"),
            Arguments.of(
                    "an attachment (RFC 2183 2.2)",
                    "Content-Type: text/html\nContent-Disposition: attachment\n\n" + LINK),
            Arguments.of(
                    "a file", "Content-Type: text/html\nContent-Disposition: inline; filename=\"a.html\"\n\n" + LINK),
            Arguments.of(
                    "a message within (RFC 2046 5.2.1)",
                    "Content-Type: message/rfc822\n\nContent-Type: text/html\n\n" + LINK),
            Arguments.of(
                    "a digest's message (RFC 2046 5.1.5)",
                    "Content-Type: multipart/digest; boundary=b\n\n--b\n\nContent-Type: text/html\n\n" + LINK
                            + "\n--b--\n"),
            Arguments.of(
                    "what is signed (RFC 1847 2.1)",
                    "Content-Type: multipart/signed; boundary=b; protocol=\"application/pkcs7-signature\"\n\n--b\nContent-Type: text/html\n\n"
                            + LINK + "\n--b--\n"),
            Arguments.of(
                    "a multipart without a boundary",
                    "Content-Type: multipart/mixed\n\n--b\nContent-Type: text/html\n\n" + LINK),
            Arguments.of(
                    "two types",
                    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\nContent-Type: text/html\n\n"
                            + LINK),
            Arguments.of("another charset: UTF-16", "Content-Type: text/html; charset=utf-16\n\n" + LINK),
            Arguments.of("another charset: ISO-2022-JP", "Content-Type: text/html; charset=iso-2022-jp\n\n" + LINK),
            Arguments.of("another charset: unknown", "Content-Type: text/html; charset=x-nosuch\n\n" + LINK),
            Arguments.of("a NUL", "Content-Type: text/html\n\n\0" + LINK),
            Arguments.of("an unknown encoding", "Content-Type: text/html\nContent-Transfer-Encoding: x-uue\n\n" + LINK),
            Arguments.of("broken base64", "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n***PGEg"),
            Arguments.of(
                    "broken quoted-printable",
                    "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n=zz" + LINK),
            Arguments.of("too much text", "Content-Type: text/html\n\n" + LINK + "x".repeat(MailRewriter.MOST_TEXT)),
            Arguments.of("too deep", nested(MailRewriter.DEEPEST + 1)));

    private static String nested(int depth) {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        return mail.append("Content-Type: text/html\n\n").append(LINK).toString();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("UNCHANGED")
    void unchanged(String name, String mail) throws Exception {
        assertThat(clicks(mail)).isEqualTo(mail);
        assertThat(clicks(crlf(mail))).isEqualTo(crlf(mail));
    }

    @Test
    void asDeepAsMayBe() throws Exception {
        assertThat(clicks(nested(MailRewriter.DEEPEST))).endsWith("<a href=\"[LINK]\">x</a>");
    }

    @Test
    void base64IsBase64Again() throws Exception {
        String header = "Content-Type: text/html\r\nContent-Transfer-Encoding: BASE64\r\n\r\n";
        String body =
                Base64.getMimeEncoder().encodeToString(("x".repeat(100) + LINK).getBytes(StandardCharsets.US_ASCII));
        String written = written(header + body + "\r\n", set(true, true, Optional.empty()), Optional.empty());
        assertThat(written).startsWith(header).endsWith("\r\n");
        assertThat(written.lines().mapToInt(String::length).max().orElse(0)).isEqualTo(76);
        assertThat(new String(
                        Base64.getMimeDecoder().decode(written.substring(header.length())), StandardCharsets.US_ASCII))
                .startsWith("x".repeat(100) + "<a href=\"https://mx.test/c/")
                .contains("<img alt=\"\" src=\"https://mx.test/o/");
    }

    @Test
    void quotedPrintableIsQuotedPrintableAgain() throws Exception {
        String mail = "Content-Type: text/html\nContent-Transfer-Encoding: Quoted-Printable\n\n"
                + "=C3=A9 <a hre=  \nf=3D\"https://a.test/\">x</a> =3D =0A\t \nend=20\n";
        String written = written(mail, set(false, true, Optional.empty()), Optional.empty());
        assertThat(written.replace("=\r\n", "").replaceAll("https://mx[^\"]*", "[LINK]"))
                .isEqualTo("Content-Type: text/html\nContent-Transfer-Encoding: Quoted-Printable\n\n"
                        + "=C3=A9 <a href=3D\"[LINK]\">x</a> =3D =0A\r\nend=20\r\n");
    }

    @Test
    void aLineThatBecomesTooLongMakesThePartQuotedPrintable() throws Exception {
        String mail = """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html
                Content-Transfer-Encoding: 7bit
                X-Other: kept

                %s%s
                second
                --b--
                """.formatted("x".repeat(900), LINK);
        assertThat(clicks(mail))
                .contains("Content-Transfer-Encoding: quoted-printable\r\nX-Other: kept\n\nxxx", "\r\nsecond\n--b--\n")
                .doesNotContain("7bit");
        assertThat(clicks(mail.replace("Content-Transfer-Encoding: 7bit\n", "")))
                .contains("X-Other: kept\nContent-Transfer-Encoding: quoted-printable\r\n\nxxx");
    }

    @Test
    void theLinkOfAListStandsInTextAndHtml() throws Exception {
        String mail = """
                Content-Type: multipart/alternative; boundary=b

                --b

                Stop: {{amazonSESUnsubscribeUrl}}
                --b
                Content-Type: text/html

                <a href="{{amazonSESUnsubscribeUrl}}">Stop</a> <a href="https://a.test/">x</a>
                --b
                Content-Type: text/calendar

                {{amazonSESUnsubscribeUrl}}
                --b--
                """;
        assertThat(list(mail))
                .isEqualTo(mail.replace("{{amazonSESUnsubscribeUrl}}", PAGE)
                        .replace("calendar\n\n" + PAGE, "calendar\n\n{{amazonSESUnsubscribeUrl}}"));
        assertThat(clicks(mail))
                .contains("Stop: {{amazonSESUnsubscribeUrl}}", "<a href=\"{{amazonSESUnsubscribeUrl}}\">");
    }

    @Test
    void whoWantsNothingGetsTheVeryContentAndNoDraft() throws Exception {
        spool.full = true;
        MessageContent content =
                MessageContent.of(("Content-Type: text/html\n\n" + LINK).getBytes(StandardCharsets.US_ASCII));
        try (BodyLinks.Linked none = links.into(content, MAIL, Optional.empty(), Optional.empty());
                BodyLinks.Linked untracked =
                        links.into(content, MAIL, set(false, false, Optional.empty()), Optional.empty())) {
            assertThat(none.content()).isSameAs(content);
            assertThat(untracked.content()).isSameAs(content);
        }
        assertThatThrownBy(() -> links.into(content, MAIL, set(true, false, Optional.empty()), Optional.empty()))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "REQUIRE,           http://a.test/,  https, https",
        "REQUIRE,           https://a.test/, https, https",
        "REQUIRE_OPEN_ONLY, http://a.test/,  http,  https",
        "REQUIRE_OPEN_ONLY, https://a.test/, https, https",
        "OPTIONAL,          HTTP://a.test/,  http,  http",
        "OPTIONAL,          https://a.test/, https, http"
    })
    void theDomainOfASetAndItsPolicy(HttpsPolicy policy, URI target, String link, String picture) {
        LinkBase base = new LinkBase(
                URI.create("https://mx.test"), Optional.of(new Redirect(new Domain("b\u00fccher.test"), policy)));
        assertThat(base.ofLink(target)).isEqualTo(link + "://xn--bcher-kva.test");
        assertThat(base.ofPicture()).isEqualTo(picture + "://xn--bcher-kva.test");
    }

    @Test
    void whateverComesGoesThroughUnlessItIsALink() throws Exception {
        String[] pieces = {
            "Content-Type: multipart/mixed; boundary=b\n",
            "Content-Type: text/html\n",
            "\n",
            "--b\n",
            "--b--\n",
            "--c\n",
            "Content-Type: multipart/alternative; boundary=c\n",
            "Content-Transfer-Encoding: base64\n",
            "PHA+\n",
            "x",
            "=",
            "\r\n",
            "Content-Transfer-Encoding: quoted-printable\n",
            "\u00e9\n",
            "Content-Type: message/rfc822\n",
            "--",
            " "
        };
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder mail = new StringBuilder();
            for (int n = random.nextInt(20); n >= 0; n--) {
                mail.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(clicks(mail.toString())).isEqualTo(mail.toString());
        }
    }

    @Test
    void longLinesAndSmallReadsAreTheSame() throws Exception {
        String mail = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "y".repeat(200_000) + "\r\n--b\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + "z--b".repeat(50_000)
                + "\r\n--b\r\nContent-Type: text/html\r\n\r\n" + LINK + "\r\n--b--\r\n";
        assertThat(clicks(mail)).isEqualTo(mail.replace("https://a.test/", "[LINK]"));
    }
}
