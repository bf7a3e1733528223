package io.waypost.message.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Encoded words in header text (RFC 2047), in one pass over the text. Tolerant: spaces inside a word, characters cut between
 * two words, missing padding. What is no encoded word, or of an unknown charset, stays as written.
 */
final class EncodedWords {

    private static final int LONGEST_CHARSET = 64;

    private final String text;
    private final StringBuilder out;
    private int nextEnd = -1;

    // Bytes of neighbouring words of one charset: senders cut characters between two words.
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private @Nullable Charset pendingCharset;

    private EncodedWords(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    static String decode(String text) {
        return text.contains("=?") ? new EncodedWords(text).decode() : text;
    }

    private String decode() {
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("=?", at);
            if (open < 0) {
                break;
            }
            // White space between two encoded words is no text (RFC 2047 6.2).
            boolean neighbour =
                    pendingCharset != null && text.substring(at, open).isBlank();
            if (!neighbour) {
                flush();
                out.append(text, at, open);
            }
            int end = word(open);
            if (end < 0) {
                flush();
                if (neighbour) {
                    out.append(text, at, open);
                }
                out.append("=?");
                end = open + 2;
            }
            at = end;
        }
        flush();
        return out.append(text, at, text.length()).toString();
    }

    /** Decodes the word that begins at {@code open}; answers where it ends, or -1 when it is none. */
    private int word(int open) {
        int charsetEnd = text.indexOf('?', open + 2);
        if (charsetEnd < 0 || charsetEnd - open > LONGEST_CHARSET || charsetEnd + 2 >= text.length()) {
            return -1;
        }
        if (text.charAt(charsetEnd + 2) != '?') {
            return -1;
        }
        int begin = charsetEnd + 3;
        int close = end(begin);
        if (close == text.length()) {
            return -1;
        }
        // A language may follow the charset (RFC 2231 5).
        String name = text.substring(open + 2, charsetEnd);
        int star = name.indexOf('*');
        Charset charset =
                Charsets.find(star < 0 ? name : name.substring(0, star)).orElse(null);
        if (charset == null) {
            return -1;
        }
        if (!charset.equals(pendingCharset)) {
            flush();
            pendingCharset = charset;
        }
        switch (text.charAt(charsetEnd + 1)) {
            case 'q', 'Q' -> quoted(begin, close);
            case 'b', 'B' -> base64(begin, close);
            default -> {
                return -1;
            }
        }
        return close + 2;
    }

    // Looked for once, not once for each word that is none and stands before it; the text's length when there is no
    // more.
    private int end(int from) {
        if (nextEnd < from) {
            int found = text.indexOf("?=", from);
            nextEnd = found < 0 ? text.length() : found;
        }
        return nextEnd;
    }

    private void quoted(int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            int high = c == '=' && i + 2 < end ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                pending.write(high << 4 | low);
                i += 2;
            } else if (c == '_') {
                pending.write(' ');
            } else {
                int next = Character.isHighSurrogate(c) && i + 1 < end ? i + 2 : i + 1;
                pending.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next - 1;
            }
        }
    }

    private void base64(int begin, int end) {
        byte[] in = text.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1);
        Base64Decoder decoder = new Base64Decoder();
        byte[] decoded = new byte[Base64Decoder.room(in.length)];
        int n = decoder.decode(in, in.length, decoded);
        pending.write(decoded, 0, n);
        pending.write(decoded, 0, decoder.finish(decoded));
    }

    private void flush() {
        if (pendingCharset != null) {
            out.append(pending.toString(pendingCharset));
            pending.reset();
            pendingCharset = null;
        }
    }
}
