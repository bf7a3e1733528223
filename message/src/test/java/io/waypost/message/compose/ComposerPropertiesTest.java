package io.waypost.message.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageContent;
import io.waypost.message.compose.Composition.Text;
import io.waypost.message.mime.Attachment;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.mime.ParsedMail;
import io.waypost.message.mime.TypeDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is composed, a reader gets the same back, and no line or field is broken. */
class ComposerPropertiesTest {

    private static final MailReader READER = new MailReader(ParseLimits.DEFAULT, TypeDetector.NONE);

    private final Composer composer = new Composer(new Random(1));

    /** Anything: all of Unicode, line ends in all forms, what looks like MIME. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> bits = Arbitraries.of(
                "\r\n",
                "\n",
                "\r",
                "\r\n\r\n",
                "--=_",
                "=",
                "=?utf-8?q?x?=",
                "\t",
                " ",
                "  ",
                ".",
                "\"",
                "\\",
                "\u00e9",
                "\u65e5\u672c",
                "\ud83d\ude00",
                "\0",
                "\u2028",
                "Bcc: a@b",
                "x".repeat(1200),
                "\u00e9".repeat(400),
                ">");
        return Arbitraries.oneOf(bits, Arbitraries.strings().ofMaxLength(30).map(ComposerPropertiesTest::whole))
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
    }

    // Half of a surrogate pair is no character.
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Attached> files() {
        return Combinators.combine(
                        texts().filter(name -> name.length() < 255
                                && !HeaderText.oneLine(name).isBlank()
                                && !name.contains("/")
                                && !name.contains("\\")),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300),
                        Arbitraries.of(TransferEncoding.values()),
                        Arbitraries.of(true, false),
                        texts())
                .as((name, bytes, encoding, inline, description) -> new Attached(
                        "a" + name,
                        Optional.of("application/x-thing"),
                        inline,
                        Optional.of("id@x"),
                        Optional.of(description),
                        encoding,
                        bytes));
    }

    @Property(tries = 600)
    void aReaderGetsTheSameTexts(
            @ForAll("texts") String subject,
            @ForAll("texts") String text,
            @ForAll("texts") String html,
            @ForAll("texts") String name)
            throws Exception {
        Mailbox from =
                new Mailbox(Optional.of(name), Mailbox.parse("a@example.com").address());
        byte[] message = bytes(composer.compose(new Composition(
                from,
                List.of(from, from),
                List.of(),
                List.of(from),
                subject,
                Optional.of(new Text(text, StandardCharsets.UTF_8)),
                Optional.of(new Text(html, StandardCharsets.UTF_8)),
                List.of(),
                List.of())));
        isWellFormed(message);
        ParsedMail mail = READER.read(MessageContent.of(message).open());
        assertThat(mail.defects()).isEmpty();
        assertThat(mail.header().subject().orElseThrow().strip())
                .isEqualTo(HeaderText.oneLine(subject).strip());
        assertThat(mail.text()).isEqualTo(crlf(text));
        assertThat(mail.html()).isEqualTo(crlf(html));
        for (String field : List.of("From", "Reply-To")) {
            assertThat(mail.header().addresses(field)).hasSize(1).allSatisfy(one -> {
                assertThat(one.address()).isEqualTo("a@example.com");
                assertThat(one.name() == null ? "" : one.name())
                        .isEqualTo(HeaderText.oneLine(name).strip());
            });
        }
        assertThat(mail.header().addresses("To")).hasSize(2);
        assertThat(mail.header().addresses("Bcc")).isEmpty();
    }

    @Property(tries = 400)
    void aReaderGetsTheSameFiles(
            @ForAll("texts") String text, @ForAll("files") Attached first, @ForAll("files") Attached second)
            throws Exception {
        byte[] message = bytes(composer.compose(new Composition(
                Mailbox.parse("a@example.com"),
                List.of(),
                List.of(),
                List.of(),
                "s",
                Optional.empty(),
                Optional.of(new Text(text, StandardCharsets.UTF_8)),
                List.of(),
                List.of(first, second))));
        isWellFormed(message);
        ParsedMail mail = READER.read(MessageContent.of(message).open());
        assertThat(mail.defects()).isEmpty();
        assertThat(mail.html()).isEqualTo(crlf(text));
        assertThat(mail.attachments()).hasSize(2);
        // What the text names stands beside it, before the others.
        List<Attached> expected = !first.inline() && second.inline() ? List.of(second, first) : List.of(first, second);
        for (int i = 0; i < 2; i++) {
            Attachment got = mail.attachments().get(i);
            assertThat(got.sha256()).isEqualTo(sha256(expected.get(i).bytes()));
            assertThat(got.name()).isEqualTo(shown(expected.get(i).fileName()));
            assertThat(got.contentId()).isEqualTo("id@x");
            assertThat(got.type()).isEqualTo("application/x-thing");
            assertThat(got.disposition()).isEqualTo(expected.get(i).inline() ? "inline" : "attachment");
        }
    }

    /** Whatever text is offered as a mailbox, it is refused or is one address in one field. */
    @Property(tries = 1000)
    void aMailboxIsOneAddress(@ForAll("texts") String before, @ForAll("texts") String local, @ForAll boolean angle)
            throws Exception {
        Mailbox mailbox;
        try {
            mailbox = Mailbox.parse(angle ? before + "<" + local + "@example.com>" : before + local + "@example.com");
        } catch (IllegalArgumentException e) {
            return;
        }
        String field = HeaderText.mailboxes("To", List.of(mailbox));
        assertThat(field).matches("(?s)To: [^\r\n]*(\r\n [^\r\n]*)*\r\n");
        var mail = READER.read(MessageContent.of((field + "\r\n").getBytes(StandardCharsets.UTF_8))
                .open());
        assertThat(mail.header().fields()).hasSize(1);
        assertThat(mail.header().addresses("To")).hasSize(1);
        assertThat(mail.header().addresses("To").getFirst().address())
                .isEqualTo(mailbox.address().toString());
    }

    static byte[] bytes(MessageContent content) throws IOException {
        try (var in = content.open()) {
            byte[] bytes = in.readAllBytes();
            assertThat(content.size()).isEqualTo(bytes.length);
            return bytes;
        }
    }

    private static void isWellFormed(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("\r\n").doesNotContain("\0");
        assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        for (String line : text.split("\r\n")) {
            assertThat(line.length()).isLessThanOrEqualTo(998);
        }
        assertThat(text.chars().allMatch(c -> c < 0x80)).isTrue();
    }

    // A reader shows no character of a file's name that nobody sees.
    private static String shown(String fileName) {
        StringBuilder shown = new StringBuilder();
        HeaderText.oneLine(fileName)
                .codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .forEach(shown::appendCodePoint);
        return shown.toString().strip();
    }

    private static String crlf(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
