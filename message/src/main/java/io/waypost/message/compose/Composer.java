package io.waypost.message.compose;

import io.waypost.message.MessageContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URLConnection;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Writes messages: texts as alternatives, what the HTML text shows related to it, other files beside them (RFC 2046 5.1, RFC 2387).
 * Date and Message-ID are left to whoever sends. Safe for all threads.
 */
public final class Composer {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final RandomGenerator random;

    /** @param random safe for all threads, and such that nobody can guess a boundary */
    public Composer(RandomGenerator random) {
        this.random = random;
    }

    /** The whole message; lines end with CRLF. */
    public MessageContent compose(Composition composition) {
        List<byte[]> out = new ArrayList<>();
        out.add(header(composition).getBytes(StandardCharsets.UTF_8));
        body(composition).write(out);
        byte[] last = out.getLast();
        if (last.length == 0 || last[last.length - 1] != '\n') {
            out.add(CRLF);
        }
        return new Pieces(out);
    }

    private static String header(Composition composition) {
        StringBuilder out = new StringBuilder(HeaderText.mailboxes("From", List.of(composition.from())));
        mailboxes(out, "To", composition.to());
        mailboxes(out, "Cc", composition.cc());
        mailboxes(out, "Reply-To", composition.replyTo());
        out.append(HeaderText.unstructured("Subject", composition.subject()));
        composition
                .fields()
                .forEach(field ->
                        out.append(HeaderText.folded(field.name(), field.value().strip())));
        return out.append("MIME-Version: 1.0\r\n").toString();
    }

    private static void mailboxes(StringBuilder out, String name, List<Mailbox> mailboxes) {
        if (!mailboxes.isEmpty()) {
            out.append(HeaderText.mailboxes(name, mailboxes));
        }
    }

    private Part body(Composition composition) {
        List<Part> shown = new ArrayList<>();
        List<Part> beside = new ArrayList<>();
        for (Attached attached : composition.attachments()) {
            boolean related = composition.html().isPresent() && attached.isNamedByText();
            (related ? shown : beside).add(part(attached));
        }
        List<Part> texts = new ArrayList<>();
        composition.text().ifPresent(text -> texts.add(part("plain", text)));
        composition.html().ifPresent(html -> texts.add(Part.of("related", part("html", html), shown, this::boundary)));
        if (texts.isEmpty()) {
            texts.add(part("plain", new Composition.Text("", StandardCharsets.UTF_8)));
        }
        return Part.of("mixed", Part.of("alternative", texts, this::boundary), beside, this::boundary);
    }

    private static Part part(String subtype, Composition.Text text) {
        String lines = lines(text.value());
        Charset charset = charset(lines, text.charset());
        byte[] bytes = lines.getBytes(charset);
        TransferEncoding encoding = TransferEncoding.of(bytes);
        return new Part.Leaf(
                "Content-Type: text/" + subtype + "; charset=" + charset.name() + "\r\n" + field(encoding),
                encoding.encode(bytes));
    }

    private static String field(TransferEncoding encoding) {
        return "Content-Transfer-Encoding: " + encoding.word() + "\r\n";
    }

    // A text's lines end with CRLF whatever they ended with (RFC 2046 4.1.1).
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }

    // A text in MIME needs a charset in which CRLF is CRLF (RFC 2046 4.1.2); one that knows all its characters, too.
    private static Charset charset(String text, Charset wished) {
        try {
            boolean usable = wished.canEncode()
                    && Arrays.equals("\r\n".getBytes(wished), CRLF)
                    && wished.newEncoder().encode(CharBuffer.wrap(text)) != null;
            return usable ? wished : StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static Part part(Attached attached) {
        TransferEncoding encoding =
                attached.encoding() == TransferEncoding.SEVEN_BIT && !TransferEncoding.isSevenBit(attached.bytes())
                        ? TransferEncoding.BASE64
                        : attached.encoding();
        String type = attached.contentType().orElseGet(() -> type(attached.fileName()));
        String word = type.toLowerCase(Locale.ROOT);
        if (word.startsWith("message/") && TransferEncoding.isSevenBit(attached.bytes())) {
            // RFC 2046 5.2.1: a message in a message is not encoded.
            encoding = TransferEncoding.SEVEN_BIT;
        } else if (word.startsWith("message/") || word.startsWith("multipart/")) {
            type = "application/octet-stream";
        }
        StringBuilder fields = new StringBuilder(HeaderText.folded("Content-Type", type)).append(field(encoding));
        fields.append("Content-Disposition: ")
                .append(attached.inline() ? "inline" : "attachment")
                .append(FileName.parameter(attached.fileName()))
                .append("\r\n");
        attached.contentId().ifPresent(id -> fields.append("Content-ID: <" + id + ">\r\n"));
        attached.description().ifPresent(text -> fields.append(HeaderText.unstructured("Content-Description", text)));
        return new Part.Leaf(fields.toString(), encoding.encode(attached.bytes()));
    }

    private static String type(String fileName) {
        String guess = URLConnection.guessContentTypeFromName(fileName.replace('#', '_'));
        return guess == null ? "application/octet-stream" : guess;
    }

    // "=_" stands in no base64 and no quoted-printable text; nobody guesses 128 bits (RFC 2046 5.1.1).
    private String boundary() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "=_" + HEX.formatHex(bytes);
    }

    private record Pieces(List<byte[]> pieces) implements MessageContent {

        @Override
        public long size() {
            return pieces.stream().mapToLong(piece -> piece.length).sum();
        }

        @Override
        public InputStream open() {
            return new SequenceInputStream(Collections.enumeration(
                    pieces.stream().map(ByteArrayInputStream::new).toList()));
        }
    }
}
