package io.waypost.message.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** From bytes to text, whatever the sender claims about them. */
final class Charsets {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    // An unknown name costs a search through all providers each time; names come from strangers, so the map has an end.
    private static final ConcurrentHashMap<String, Optional<Charset>> KNOWN = new ConcurrentHashMap<>();
    private static final int MOST_KNOWN = 500;

    private Charsets() {}

    static Optional<Charset> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        Optional<Charset> known = KNOWN.get(key);
        if (known == null) {
            known = lookUp(key);
            if (KNOWN.size() < MOST_KNOWN) {
                KNOWN.put(key, known);
            }
        }
        return known;
    }

    private static Optional<Charset> lookUp(String name) {
        try {
            return switch (name) {
                // Senders mean the superset when they write the smaller name.
                case "iso-8859-1", "latin1" -> Optional.of(WINDOWS_1252);
                case "gb2312", "gbk" -> Optional.of(Charset.forName("GB18030"));
                default -> Optional.of(Charset.forName(name));
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Text of a part: never fails; what is doubtful goes to {@code defects}. */
    static String decode(byte[] bytes, int length, @Nullable String declared, Set<Defect> defects) {
        if (declared == null) {
            if (isAscii(bytes, length)) {
                return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            }
            defects.add(Defect.CHARSET_UNDECLARED);
            return guess(bytes, length);
        }
        Optional<Charset> charset = find(declared);
        if (charset.isEmpty()) {
            if (!isAscii(bytes, length)) {
                defects.add(Defect.CHARSET_UNKNOWN);
            }
            return guess(bytes, length);
        }
        if (charset.get().equals(StandardCharsets.US_ASCII)) {
            if (!isAscii(bytes, length)) {
                defects.add(Defect.CHARSET_WRONG);
            }
            return guess(bytes, length);
        }
        String strict = strict(bytes, length, charset.get());
        if (strict != null) {
            return strict;
        }
        defects.add(Defect.CHARSET_WRONG);
        return new String(bytes, 0, length, charset.get());
    }

    /** UTF-8 when the bytes are that, else windows-1252, which takes every byte. */
    static String guess(byte[] bytes, int length) {
        if (isAscii(bytes, length)) {
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
        String utf8 = strict(bytes, length, StandardCharsets.UTF_8);
        return utf8 != null ? utf8 : new String(bytes, 0, length, WINDOWS_1252);
    }

    static boolean isUtf8(byte[] bytes, int length) {
        return strict(bytes, length, StandardCharsets.UTF_8) != null;
    }

    static boolean isAscii(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String strict(byte[] bytes, int length, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
