package io.waypost.message.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text beyond ASCII in a header (RFC 2047), in UTF-8; no word divides a character (RFC 2047 5). */
final class EncodedWords {

    // RFC 2047 2: 75 characters a word, its frame of 12 included.
    private static final int LONGEST = 75 - "=?UTF-8?Q??=".length();
    private static final int SHORTEST = 24;
    private static final String HEX = "0123456789ABCDEF";

    private EncodedWords() {}

    /** @param column what stands in front on the first line */
    static String of(String text, int column) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        int quoted = 0;
        for (byte b : all) {
            quoted += isLetter(b) || b == ' ' ? 1 : 3;
        }
        boolean base64 = quoted > all.length * 2;
        List<String> words = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int limit = Math.max(SHORTEST, LONGEST - column);
        int size = 0;
        for (int c : text.codePoints().toArray()) {
            byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
            int cost = base64 ? bytes.length : quoted(bytes).length();
            int most = base64 ? limit / 4 * 3 : limit;
            if (size + cost > most) {
                words.add(word(piece.toString(), base64));
                piece.setLength(0);
                size = 0;
                limit = LONGEST;
            }
            piece.appendCodePoint(c);
            size += cost;
        }
        words.add(word(piece.toString(), base64));
        return String.join("\r\n ", words);
    }

    private static String word(String text, boolean base64) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return base64
                ? "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?="
                : "=?UTF-8?Q?" + quoted(bytes) + "?=";
    }

    private static String quoted(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (isLetter(b)) {
                out.append((char) b);
            } else if (b == ' ') {
                out.append('_');
            } else {
                out.append('=').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return out.toString();
    }

    // RFC 2047 5 (3): what may stand in a display name's words, which is less than elsewhere.
    private static boolean isLetter(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '!' || b == '/';
    }
}
