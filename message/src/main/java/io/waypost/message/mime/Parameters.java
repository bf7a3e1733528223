package io.waypost.message.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A structured field such as Content-Type or Content-Disposition: its value and its parameters (RFC 2045 5.1), with
 * continuations and charsets (RFC 2231 3 and 4), and encoded words inside quotes as many senders write them.
 *
 * @param value what stands before the first semicolon, lower case
 * @param values parameters by lower-case name, pieces of RFC 2231 still under their own names
 */
public record Parameters(String value, Map<String, String> values) {

    private static final int MOST = 100;

    /** Of a field that is absent. */
    public static final Parameters NONE = new Parameters("", Map.of());

    /** Of a field's value, unfolded; {@link #NONE} of null. */
    public static Parameters parse(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        int end = text.indexOf(';');
        String value = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        Map<String, String> values = new HashMap<>();
        int at = end < 0 ? text.length() : end + 1;
        while (at < text.length() && values.size() < MOST) {
            at = parameter(text, at, values);
        }
        return new Parameters(value, values);
    }

    private static int parameter(String text, int begin, Map<String, String> values) {
        int at = begin;
        while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
            at++;
        }
        String name = text.substring(begin, at).strip().toLowerCase(Locale.ROOT);
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        if (at < text.length() && text.charAt(at) == '=') {
            at++;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    quoted = !quoted;
                } else if (c == '\\' && quoted && at + 1 < text.length()) {
                    value.append(text.charAt(++at));
                } else if (c == ';' && !quoted) {
                    break;
                } else {
                    value.append(c);
                }
            }
        }
        if (!name.isEmpty()) {
            values.putIfAbsent(name, value.toString().strip());
        }
        return at + 1;
    }

    /** The parameter's text, put together and decoded; null when it is absent. */
    public @Nullable String get(String name) {
        String extended = values.get(name + "*");
        if (extended != null) {
            return pieces(name, true);
        }
        if (values.containsKey(name + "*0") || values.containsKey(name + "*0*")) {
            return pieces(name, false);
        }
        String plain = values.get(name);
        return plain == null ? null : EncodedWords.decode(plain);
    }

    // Pieces that end in a star are percent-encoded, the first of them names the charset: UTF-8'en'text.
    private String pieces(String name, boolean single) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Charset charset = StandardCharsets.UTF_8;
        for (int i = 0; i < MOST; i++) {
            String key = single ? name + "*" : name + "*" + i + "*";
            String piece = values.get(key);
            if (piece == null) {
                String plain = single ? null : values.get(name + "*" + i);
                if (plain == null) {
                    break;
                }
                bytes.writeBytes(plain.getBytes(charset));
                continue;
            }
            if (i == 0) {
                String[] part = piece.split("'", 3);
                if (part.length == 3) {
                    charset = Charsets.find(part[0]).filter(Charset::canEncode).orElse(StandardCharsets.UTF_8);
                    piece = part[2];
                }
            }
            percent(piece, bytes, charset);
            if (single) {
                break;
            }
        }
        return bytes.toString(charset);
    }

    private static void percent(String text, ByteArrayOutputStream out, Charset charset) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                int next = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                out.writeBytes(text.substring(i, next).getBytes(charset));
                i = next - 1;
            }
        }
    }

    /** The file name without folders and without characters that deceive a reader; null when nothing is left. */
    static @Nullable String fileName(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder out = new StringBuilder();
        last.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(255)
                .forEach(out::appendCodePoint);
        String clean = out.toString().strip();
        return clean.isEmpty() || clean.equals(".") || clean.equals("..") ? null : clean;
    }
}
