package io.waypost.message.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Reads reports about messages in one pass, with bounded memory. Whatever the bytes are, reading ends with a result: what could be
 * read. Shared by all threads.
 */
public final class ReportReader {

    /** What a program reads of a report (RFC 3464, RFC 5965, RFC 6522, RFC 6533). */
    private static final Set<String> WANTED = Set.of(
            "text/plain",
            "message/delivery-status",
            "message/global-delivery-status",
            "message/feedback-report",
            "message/rfc822",
            "message/global",
            "message/global-headers",
            "text/rfc822-headers");

    private static final int MOST_PARTS = 10;
    private static final int LONGEST_PART = 128 * 1024;

    private final ParseLimits limits;
    private final MimeConfig config;

    public ReportReader(ParseLimits limits) {
        this.limits = limits;
        this.config = MailReader.config(limits);
    }

    /**
     * Reads what there is to read; the rest of the stream may be left unread.
     *
     * @throws IOException when the source fails
     */
    public Report read(InputStream content) throws IOException {
        SourceStream source = new SourceStream(content);
        Walk walk = new Walk();
        try {
            MimeTokenStream tokens = new MimeTokenStream(config);
            // The message that a report is about is one of its parts.
            tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
            tokens.parse(source);
            EntityState state = tokens.getState();
            while (state != EntityState.T_END_OF_STREAM && walk.take(state, tokens)) {
                state = tokens.next();
            }
        } catch (IOException | MimeException | RuntimeException e) {
            // Hostile input may find any exception in a parser; what was read until then counts.
            source.throwFailure();
        }
        return walk.result();
    }

    private final class Walk {

        private final List<HeaderField> header = new ArrayList<>();
        private final List<Report.Part> parts = new ArrayList<>();
        private final Set<Defect> defects = EnumSet.noneOf(Defect.class);
        private int depth;
        private int seen;
        private int headerBytes;
        private boolean headerDone;
        private Optional<String> typeField = Optional.empty();

        /** Whether to go on. */
        boolean take(EntityState state, MimeTokenStream tokens) throws IOException {
            switch (state) {
                case T_START_HEADER -> {
                    headerBytes = 0;
                    typeField = Optional.empty();
                }
                case T_FIELD -> {
                    Field field = tokens.getField();
                    headerBytes += field.getRaw().length();
                    String value = value(field);
                    if (!headerDone) {
                        header.add(new HeaderField(field.getName(), value));
                    }
                    if (field.getName().equalsIgnoreCase("Content-Type") && typeField.isEmpty()) {
                        typeField = Optional.of(value);
                    }
                    return headerBytes <= limits.headerBytes();
                }
                case T_END_HEADER -> headerDone = true;
                case T_START_MULTIPART -> {
                    return ++depth <= limits.depth();
                }
                case T_END_MULTIPART -> depth--;
                case T_START_BODYPART -> {
                    return ++seen <= limits.parts();
                }
                case T_BODY -> {
                    body(tokens);
                    return parts.size() < MOST_PARTS;
                }
                default -> {}
            }
            return true;
        }

        private void body(MimeTokenStream tokens) throws IOException {
            String type = tokens.getBodyDescriptor().getMimeType();
            if (!WANTED.contains(type)) {
                return;
            }
            Kept kept = new Kept();
            new BodyBytes(tokens.getInputStream(), tokens.getBodyDescriptor().getTransferEncoding(), defects)
                    .transferTo(kept::add);
            byte[] bytes = kept.toByteArray();
            String charset = type.equals("text/plain")
                    ? Parameters.parse(typeField.orElse(null)).get("charset")
                    : null;
            parts.add(new Report.Part(type, Charsets.decode(bytes, bytes.length, charset, defects)));
        }

        Report result() {
            MailHeader whole = new MailHeader(header);
            String type = Parameters.parse(whole.first("Content-Type")
                            .map(HeaderField::written)
                            .orElse(null))
                    .value();
            return new Report(whole, type, parts);
        }
    }

    // Unfolded (RFC 5322 2.2.3).
    private static String value(Field field) {
        byte[] raw = field.getRaw().toByteArray();
        int begin = 0;
        while (begin < raw.length && raw[begin] != ':') {
            begin++;
        }
        byte[] value = new byte[raw.length];
        int length = 0;
        for (int i = begin + 1; i < raw.length; i++) {
            if (raw[i] != '\r' && raw[i] != '\n') {
                value[length++] = raw[i];
            }
        }
        return Charsets.guess(value, length).strip();
    }

    private static final class Kept extends ByteArrayOutputStream {
        void add(byte[] bytes, int length) {
            write(bytes, 0, Math.min(length, LONGEST_PART - count));
        }
    }
}
