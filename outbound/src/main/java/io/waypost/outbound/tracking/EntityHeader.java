package io.waypost.outbound.tracking;

import io.waypost.message.header.HeaderBlock;
import io.waypost.message.mime.Parameters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The header of a message or of a part of one, as it stands there, and what it says of the body (RFC 2045). */
final class EntityHeader {

    private static final String ENCODING = "Content-Transfer-Encoding";

    private final byte[] raw;
    private final HeaderBlock block;
    private final Parameters type;
    private final boolean clear;

    /**
     * @param raw with the empty line, where there is one
     * @param digest whether a part that says nothing is a message (RFC 2046 5.1.5)
     */
    EntityHeader(byte[] raw, boolean digest) {
        this.raw = raw;
        this.block = HeaderBlock.of(raw);
        this.type = Parameters.parse(
                field("Content-Type").map(HeaderBlock.Field::value).orElse(digest ? "message/rfc822" : "text/plain"));
        // What is said twice means to one reader this and to another that.
        this.clear = block.fields("Content-Type").size() <= 1
                && block.fields(ENCODING).size() <= 1
                && block.fields("Content-Disposition").size() <= 1;
    }

    private Optional<HeaderBlock.Field> field(String name) {
        return block.fields(name).stream().findFirst();
    }

    byte[] raw() {
        return raw;
    }

    /** Media type, lower case. */
    String type() {
        return type.value();
    }

    /** Of a multipart whose parts may be changed. */
    Optional<String> boundary() {
        // A signature covers the parts octet by octet (RFC 1847 2.1).
        boolean open = type().startsWith("multipart/")
                && !type().equals("multipart/signed")
                && !type().equals("multipart/encrypted");
        String boundary = open && clear ? type.get("boundary") : null;
        return Optional.ofNullable(boundary).filter(text -> !text.isEmpty() && text.length() <= 200);
    }

    /** Whether the body is a text that a reader sees: no attachment, nothing with a file's name. */
    boolean isShownText() {
        Parameters how = Parameters.parse(
                field("Content-Disposition").map(HeaderBlock.Field::value).orElse(null));
        return clear
                && (type().equals("text/html") || type().equals("text/plain"))
                && !how.value().equals("attachment")
                && how.get("filename") == null
                && type.get("name") == null
                && AsciiCharsets.has(type.get("charset"));
    }

    String encoding() {
        return field(ENCODING)
                .map(field -> field.value().strip().toLowerCase(Locale.ROOT))
                .orElse("7bit");
    }

    /** The same header with another transfer encoding. */
    byte[] withEncoding(String word) {
        byte[] line = (ENCODING + ": " + word + "\r\n").getBytes(StandardCharsets.US_ASCII);
        List<HeaderBlock.Field> said = block.fields(ENCODING);
        int from = said.isEmpty() ? block.bytes().length : said.getFirst().start();
        int to = said.isEmpty() ? from : said.getFirst().end();
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + line.length);
        out.write(raw, 0, from);
        out.writeBytes(line);
        out.write(raw, to, raw.length - to);
        return out.toByteArray();
    }
}
