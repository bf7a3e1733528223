package io.waypost.message.mime;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/**
 * Reads the header of a message and nothing behind it: for those who ask for a field or two and need no MIME tree. Never fails on
 * malformed text: a line that is no field is passed over with the lines folded under it, and a header that does not end within the
 * limit ends there.
 */
public final class HeaderReader {

    private static final int CHUNK = 8 * 1024;

    // RFC 2047 2 allows a word 75 characters in all; senders exceed it.
    private static final int MAX_CHARSET_NAME = 64;
    private static final int MAX_WORD = 2000;
    private static final int MAX_WORD_GROUP = 1000;

    private HeaderReader() {}

    /**
     * The fields of a header, in order.
     *
     * @param fields from top to bottom
     * @param complete whether the end of the header was seen within the limit
     */
    public record Header(List<Field> fields, boolean complete) {

        public Header {
            fields = List.copyOf(fields);
        }

        /** Every field of that name, from top to bottom; names compare without regard to case (RFC 5322 1.2.2). */
        public List<Field> named(String name) {
            return fields.stream()
                    .filter(field -> field.name().equalsIgnoreCase(name))
                    .toList();
        }

        /** The values of every field of that name, unfolded, encoded words decoded (RFC 2047), without blanks around them. */
        public List<String> decoded(String name) {
            return named(name).stream().map(Field::decoded).toList();
        }
    }

    /**
     * One header field (RFC 5322 2.2).
     *
     * @param name as written
     * @param value what stands behind the colon, folds (CRLF and blanks) included, without the last line end; UTF-8 (RFC 6532),
     *     or ISO 8859-1 where it is not that
     */
    public record Field(String name, String value) {

        /** The value in one line (RFC 5322 2.2.3). */
        public String unfolded() {
            return value.replace("\r\n", "").replace("\n", "");
        }

        /** The value as a reader of the mail sees it: unfolded, encoded words decoded where they can be, blanks around it gone. */
        public String decoded() {
            return decodeWords(unfolded().strip()).strip();
        }
    }

    /**
     * Decodes the encoded words of an unfolded text (RFC 2047). What is no encoded word, or cannot be decoded, stays as
     * written.
     *
     * <p>Mime4j decodes, but is only handed groups of well-formed words of a bounded length: on text like {@code =?=?=?...} its search
     * takes time that grows with the square of the length, and a sender may write a lot of it.
     */
    public static String decodeWords(String text) {
        int word = text.indexOf("=?");
        if (word < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        boolean behindWord = false;
        while (word >= 0) {
            int end = endOfWord(text, word);
            if (end < 0) {
                end = word + 2;
                out.append(text, at, end);
                behindWord = false;
            } else {
                // Blanks between two encoded words are no text (RFC 2047 6.2).
                if (!behindWord || !text.substring(at, word).isBlank()) {
                    out.append(text, at, word);
                }
                end = endOfGroup(text, word, end);
                out.append(decodeGroup(text.substring(word, end)));
                behindWord = true;
            }
            at = end;
            word = text.indexOf("=?", at);
        }
        return out.append(text, at, text.length()).toString();
    }

    // Words of one group are decoded together, because a character may be divided between two of them.
    private static int endOfGroup(String text, int from, int endOfFirst) {
        int end = endOfFirst;
        while (end - from < MAX_WORD_GROUP) {
            int next = end;
            while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
                next++;
            }
            int endOfNext = text.startsWith("=?", next) ? endOfWord(text, next) : -1;
            if (endOfNext < 0) {
                return end;
            }
            end = endOfNext;
        }
        return end;
    }

    // "=?" charset "?" encoding "?" text "?=" (RFC 2047 2), each part bounded; -1 when there is none at this place.
    private static int endOfWord(String text, int from) {
        int charset = from + 2;
        while (charset < text.length() && charset - from < MAX_CHARSET_NAME && isCharsetName(text.charAt(charset))) {
            charset++;
        }
        boolean wellFormed = charset > from + 2
                && charset + 2 < text.length()
                && text.charAt(charset) == '?'
                && "BbQq".indexOf(text.charAt(charset + 1)) >= 0
                && text.charAt(charset + 2) == '?';
        if (!wellFormed) {
            return -1;
        }
        int start = charset + 3;
        int end = start;
        while (end < text.length() && end - start < MAX_WORD && text.charAt(end) > ' ' && text.charAt(end) != '?') {
            end++;
        }
        return text.startsWith("?=", end) ? end + 2 : -1;
    }

    // Names of the IANA registry, and the language that RFC 2231 5 puts behind a *.
    private static boolean isCharsetName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.:+*".indexOf(c) >= 0;
    }

    private static String decodeGroup(String words) {
        try {
            return DecoderUtil.decodeEncodedWords(words, DecodeMonitor.SILENT);
        } catch (RuntimeException e) {
            // Malformed words are the sender's, and are shown as he wrote them.
            return words;
        }
    }

    /**
     * Reads the header.
     *
     * @param limit at most so many bytes are read; a field that crosses the limit is left out
     */
    public static Header read(MessageContent content, int limit) throws IOException {
        byte[] bytes;
        try (InputStream in = content.open()) {
            bytes = headerBytes(in, limit);
        }
        return parse(bytes, limit);
    }

    // Stops reading soon behind the empty line, so that a body is not pulled from the disk.
    private static byte[] headerBytes(InputStream in, int limit) throws IOException {
        byte[] bytes = new byte[Math.min(CHUNK, limit)];
        int size = 0;
        while (size < limit) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(2 * size, limit));
            }
            int n = in.read(bytes, size, bytes.length - size);
            if (n < 0) {
                break;
            }
            size += n;
            if (hasEnd(bytes, Math.max(0, size - n - 2), size)) {
                break;
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    // Whether a line end follows a line end, or the message begins with one.
    private static boolean hasEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                int before = i > 0 && bytes[i - 1] == '\r' ? i - 2 : i - 1;
                if (before < 0 || bytes[before] == '\n') {
                    return true;
                }
            }
        }
        return false;
    }

    private static Header parse(byte[] bytes, int limit) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int end = endOfLine(bytes, at);
            if (isEmptyLine(bytes, at, end)) {
                return new Header(fields, true);
            }
            while (end < bytes.length && (bytes[end] == ' ' || bytes[end] == '\t')) {
                end = endOfLine(bytes, end);
            }
            boolean cut = end == bytes.length && bytes.length >= limit && bytes[end - 1] != '\n';
            if (!cut) {
                addField(bytes, at, end, fields);
            }
            at = end;
        }
        // A message may end with its header (RFC 5322 3.5: the body is optional).
        return new Header(fields, bytes.length < limit);
    }

    private static void addField(byte[] bytes, int from, int to, List<Field> fields) {
        int colon = from;
        while (colon < to && bytes[colon] != ':' && bytes[colon] != '\n') {
            colon++;
        }
        if (colon == to || bytes[colon] != ':') {
            return;
        }
        int nameEnd = colon;
        while (nameEnd > from && (bytes[nameEnd - 1] == ' ' || bytes[nameEnd - 1] == '\t')) {
            // Blanks in front of the colon are the obsolete syntax (RFC 5322 4.5.8).
            nameEnd--;
        }
        for (int i = from; i < nameEnd; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 127) {
                return;
            }
        }
        if (nameEnd == from) {
            return;
        }
        int valueEnd = to;
        if (valueEnd > colon + 1 && bytes[valueEnd - 1] == '\n') {
            valueEnd--;
        }
        if (valueEnd > colon + 1 && bytes[valueEnd - 1] == '\r') {
            valueEnd--;
        }
        fields.add(new Field(
                new String(bytes, from, nameEnd - from, StandardCharsets.US_ASCII), text(bytes, colon + 1, valueEnd)));
    }

    private static String text(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 || isUtf8(bytes, from, to)
                ? text
                : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isEmptyLine(byte[] bytes, int from, int end) {
        return bytes[from] == '\n' || (bytes[from] == '\r' && end - from == 2 && bytes[from + 1] == '\n');
    }

    private static int endOfLine(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, bytes.length);
    }
}
