package io.waypost.message.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A part of a message: its Content fields, and its body. */
sealed interface Part {

    /** The part's bytes, its fields first, in pieces that nobody changes. */
    void write(List<byte[]> out);

    /** @param fields complete lines */
    record Leaf(String fields, byte[] body) implements Part {

        @Override
        public void write(List<byte[]> out) {
            out.add(ascii(fields + "\r\n"));
            out.add(body);
        }
    }

    /** Several parts (RFC 2046 5.1). */
    record Multipart(String subtype, List<Part> parts, String boundary) implements Part {

        @Override
        public void write(List<byte[]> out) {
            out.add(ascii(HeaderText.folded("Content-Type", "multipart/" + subtype + "; boundary=\"" + boundary + "\"")
                    + "\r\n"));
            for (Part part : parts) {
                out.add(ascii("--" + boundary + "\r\n"));
                part.write(out);
                out.add(ascii("\r\n"));
            }
            out.add(ascii("--" + boundary + "--\r\n"));
        }
    }

    /** One part as it is, several as a multipart. */
    static Part of(String subtype, List<Part> parts, Supplier<String> boundaries) {
        return parts.size() == 1 ? parts.getFirst() : new Multipart(subtype, List.copyOf(parts), boundaries.get());
    }

    /** The first part and those behind it. */
    static Part of(String subtype, Part first, List<Part> others, Supplier<String> boundaries) {
        List<Part> parts = new ArrayList<>(List.of(first));
        parts.addAll(others);
        return of(subtype, parts, boundaries);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
