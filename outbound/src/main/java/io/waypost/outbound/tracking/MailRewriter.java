package io.waypost.outbound.tracking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Copies a message and writes its texts anew, at any depth of multiparts. Whatever is no text that a reader sees, or is not understood,
 * goes through octet by octet. Holds one text at a time. For one message.
 *
 * <p>A part ends where a delimiter of any multipart around it stands (RFC 2046 5.1.2); levels count from the outermost, and -1 is the
 * end of the message.
 */
final class MailRewriter {

    /** Octets of encoded texts that are looked at in one message; a text that goes beyond it stays as it is. */
    static final int MOST_TEXT = 1024 * 1024;

    /** Multiparts within each other. */
    static final int DEEPEST = 20;

    private static final int LONGEST_HEADER = 256 * 1024;
    private static final int END = -1;

    private final LinePieces lines;
    private final OutputStream out;
    private final Texts texts;
    private final List<byte[]> boundaries = new ArrayList<>();
    private int room = MOST_TEXT;
    private boolean closing;
    private boolean changed;

    /** Writes texts anew. */
    interface Texts {

        /** Whether the body of a part is looked at. */
        boolean wants(EntityHeader header);

        /** The text as it goes out; empty where it stays as it is. */
        Optional<TextBody.Encoded> rewritten(EntityHeader header, byte[] body);
    }

    MailRewriter(InputStream in, OutputStream out, Texts texts) {
        this.lines = new LinePieces(in);
        this.out = out;
        this.texts = texts;
    }

    /** True when something was changed. */
    boolean run() throws IOException {
        int ended = entity(false);
        if (ended != END) {
            throw new IllegalStateException("a message ends with itself");
        }
        return changed;
    }

    private int entity(boolean digest) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream(512);
        while (lines.next()) {
            int level = delimiter();
            if (level != END) {
                lines.again();
                out.write(raw.toByteArray());
                return level;
            }
            raw.write(lines.buffer(), lines.offset(), lines.length());
            if (isEmptyLine()) {
                return body(new EntityHeader(raw.toByteArray(), digest));
            }
            if (raw.size() > LONGEST_HEADER) {
                out.write(raw.toByteArray());
                return copied();
            }
        }
        out.write(raw.toByteArray());
        return END;
    }

    private boolean isEmptyLine() {
        int length = lines.length();
        byte[] buffer = lines.buffer();
        return lines.isLineStart()
                && (length == 1 && buffer[lines.offset()] == '\n'
                        || length == 2 && buffer[lines.offset()] == '\r' && buffer[lines.offset() + 1] == '\n');
    }

    private int body(EntityHeader header) throws IOException {
        Optional<String> boundary = header.boundary();
        if (boundary.isPresent() && boundaries.size() < DEEPEST) {
            out.write(header.raw());
            return multipart(boundary.get(), header.type().equals("multipart/digest"));
        }
        if (header.isShownText() && texts.wants(header)) {
            return text(header);
        }
        out.write(header.raw());
        return copied();
    }

    private int multipart(String boundary, boolean digest) throws IOException {
        int own = boundaries.size();
        boundaries.add(("--" + boundary).getBytes(StandardCharsets.ISO_8859_1));
        int ended = copied();
        while (ended == own && !closing) {
            writeDelimiter();
            ended = entity(digest);
        }
        boundaries.removeLast();
        if (ended == own) {
            writeDelimiter();
            ended = copied();
        }
        return ended;
    }

    private void writeDelimiter() throws IOException {
        lines.next();
        out.write(lines.buffer(), lines.offset(), lines.length());
    }

    // Up to a delimiter, which comes again, or to the end.
    private int copied() throws IOException {
        while (lines.next()) {
            int level = delimiter();
            if (level != END) {
                lines.again();
                return level;
            }
            out.write(lines.buffer(), lines.offset(), lines.length());
        }
        return END;
    }

    private int text(EntityHeader header) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
        int level = END;
        while (level == END && lines.next()) {
            level = delimiter();
            if (level != END) {
                lines.again();
            } else {
                body.write(lines.buffer(), lines.offset(), lines.length());
                if (body.size() > room) {
                    out.write(header.raw());
                    out.write(body.toByteArray());
                    return copied();
                }
            }
        }
        room -= body.size();
        write(header, body.toByteArray(), level != END);
        return level;
    }

    private void write(EntityHeader header, byte[] all, boolean delimited) throws IOException {
        // The line end before a delimiter belongs to it (RFC 2046 5.1.1).
        int length = delimited ? all.length - lineEnd(all) : all.length;
        byte[] body = Arrays.copyOf(all, length);
        Optional<TextBody.Encoded> rewritten = texts.rewritten(header, body);
        changed |= rewritten.isPresent();
        out.write(rewritten
                .flatMap(TextBody.Encoded::encoding)
                .map(header::withEncoding)
                .orElse(header.raw()));
        out.write(rewritten.map(TextBody.Encoded::bytes).orElse(body));
        out.write(all, length, all.length - length);
    }

    private static int lineEnd(byte[] text) {
        int length = text.length;
        if (length == 0 || text[length - 1] != '\n') {
            return 0;
        }
        return length > 1 && text[length - 2] == '\r' ? 2 : 1;
    }

    // The level of the multipart whose delimiter this line is, the innermost first.
    private int delimiter() {
        byte[] buffer = lines.buffer();
        int at = lines.offset();
        if (!lines.isLineStart() || lines.length() < 3 || buffer[at] != '-' || buffer[at + 1] != '-') {
            return END;
        }
        int end = at + lines.length();
        while (end > at && (buffer[end - 1] <= ' ' && buffer[end - 1] >= 0)) {
            end--;
        }
        for (int level = boundaries.size() - 1; level >= 0; level--) {
            byte[] boundary = boundaries.get(level);
            int more = end - at - boundary.length;
            if ((more == 0 || more == 2 && buffer[end - 1] == '-' && buffer[end - 2] == '-')
                    && Arrays.equals(buffer, at, at + boundary.length, boundary, 0, boundary.length)) {
                closing = more == 2;
                return level;
            }
        }
        return END;
    }
}
