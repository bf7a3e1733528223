package io.waypost.message.header;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The beginning of a message up to the empty line, or up to a limit, as bytes and as raw fields. Never fails on what a sender wrote:
 * a line that is no field is skipped.
 */
public final class HeaderBlock {

    /** More than any honest header has. */
    public static final int DEFAULT_LIMIT = 256 * 1024;

    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

    private final byte[] bytes;
    private final List<Field> fields;

    private HeaderBlock(byte[] bytes) {
        this.bytes = bytes;
        this.fields = fields(bytes);
    }

    /**
     * One field.
     *
     * @param name as written
     * @param value as written, unfolded, every byte as one character (ISO-8859-1), without blanks around it
     * @param start its first byte in the block
     * @param end behind its last byte, line end included
     */
    public record Field(String name, String value, int start, int end) {

        /** Whether it has this name; names compare without regard to case (RFC 5322 1.2.2). */
        public boolean is(String wanted) {
            return name.equalsIgnoreCase(wanted);
        }
    }

    public static HeaderBlock of(MessageContent content) throws IOException {
        return of(content, DEFAULT_LIMIT);
    }

    /** Reads at most {@code limit} bytes; a longer header ends behind its last whole line within them. */
    public static HeaderBlock of(MessageContent content, int limit) throws IOException {
        byte[] first;
        try (InputStream in = content.open()) {
            first = in.readNBytes(limit);
        }
        return new HeaderBlock(Arrays.copyOf(first, end(first, limit)));
    }

    /** Of a header that is in memory already: the octets up to the empty line, or all of them. The array is copied. */
    public static HeaderBlock of(byte[] header) {
        return new HeaderBlock(Arrays.copyOf(header, end(header, Integer.MAX_VALUE)));
    }

    /** The block without the empty line that ends it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** One field's octets as they stand in the message, line end included. */
    public byte[] bytes(Field field) {
        return Arrays.copyOfRange(bytes, field.start(), field.end());
    }

    public List<Field> fields() {
        return fields;
    }

    /** All fields of a name, from the top. */
    public List<Field> fields(String name) {
        return fields.stream().filter(field -> field.is(name)).toList();
    }

    /** How many servers the mail has passed (RFC 5321 6.3). */
    public int hops() {
        return fields("Received").size();
    }

    /** Whether there is a byte beyond ASCII. */
    public boolean isEightBit() {
        for (byte b : bytes) {
            if (b < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether all of it is well-formed UTF-8 (RFC 6532). */
    public boolean isUtf8() {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int end(byte[] first, int limit) {
        int lineStart = 0;
        for (int i = 0; i < first.length; i++) {
            if (first[i] == '\n') {
                if (i == lineStart || (i == lineStart + 1 && first[lineStart] == '\r')) {
                    return lineStart;
                }
                lineStart = i + 1;
            }
        }
        return first.length < limit ? first.length : lineStart;
    }

    private static List<Field> fields(byte[] bytes) {
        List<Field> found = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = lineEnd(bytes, start);
            while (end < bytes.length && (bytes[end] == ' ' || bytes[end] == '\t')) {
                end = lineEnd(bytes, end);
            }
            String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            int colon = text.indexOf(':');
            if (colon > 0) {
                found.add(new Field(
                        text.substring(0, colon).stripTrailing(), unfolded(text.substring(colon + 1)), start, end));
            }
            start = end;
        }
        return List.copyOf(found);
    }

    private static String unfolded(String value) {
        String text = value.strip();
        return text.indexOf('\n') < 0
                ? text
                : LINE_END.matcher(text).replaceAll("").strip();
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return bytes.length;
    }
}
