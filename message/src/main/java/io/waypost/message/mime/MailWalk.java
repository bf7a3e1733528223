package io.waypost.message.mime;

import io.waypost.message.mime.MailReader.StoppedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.util.ByteSequence;
import org.jspecify.annotations.Nullable;

/** One reading of one message: takes Mime4j's tokens in order and gathers what they say. */
final class MailWalk {

    private final ParseLimits limits;
    private final TypeDetector detector;
    private final Set<Defect> defects = EnumSet.noneOf(Defect.class);
    private final List<HeaderField> header = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final TextParts text;
    private final TextParts html;
    private int depth;
    private int parts;
    private boolean headerDone;

    // Of the part being read.
    private int headerBytes;
    private @Nullable String contentType;
    private @Nullable String disposition;
    private @Nullable String contentId;

    MailWalk(ParseLimits limits, TypeDetector detector) {
        this.limits = limits;
        this.detector = detector;
        this.text = new TextParts(limits.textBytes(), defects);
        this.html = new TextParts(limits.textBytes(), defects);
    }

    Set<Defect> defects() {
        return defects;
    }

    ParsedMail result() {
        MailHeader whole = new MailHeader(header);
        if (whole.first("Date").isPresent() && whole.date().isEmpty()) {
            defects.add(Defect.DATE_BROKEN);
        }
        for (String name : List.of("From", "To", "Cc", "Reply-To")) {
            if (whole.addresses(name).stream().anyMatch(address -> address.address() == null)) {
                defects.add(Defect.ADDRESS_BROKEN);
            }
        }
        return new ParsedMail(whole, text.result(), html.result(), attachments, defects);
    }

    void take(EntityState state, MimeTokenStream tokens) throws IOException {
        switch (state) {
            case T_START_HEADER -> {
                headerBytes = 0;
                contentType = null;
                disposition = null;
                contentId = null;
            }
            case T_FIELD -> field(tokens.getField());
            case T_END_HEADER -> headerDone = true;
            case T_START_MULTIPART -> {
                if (++depth > limits.depth()) {
                    throw new StoppedException(Defect.MIME_DEPTH);
                }
            }
            case T_END_MULTIPART -> depth--;
            case T_START_BODYPART -> {
                if (++parts > limits.parts()) {
                    throw new StoppedException(Defect.PARTS_LIMIT);
                }
            }
            case T_BODY -> body(tokens.getBodyDescriptor(), tokens.getInputStream());
            default -> {}
        }
    }

    private void field(Field field) {
        ByteSequence raw = field.getRaw();
        headerBytes += raw.length();
        if (headerBytes > limits.headerBytes()) {
            throw new StoppedException(Defect.HEADERS_LIMIT);
        }
        String name = field.getName();
        if (headerDone && !name.regionMatches(true, 0, "Content-", 0, 8)) {
            return;
        }
        String value = value(raw.toByteArray());
        if (!headerDone) {
            header.add(new HeaderField(name, value));
        }
        switch (field.getNameLowerCase()) {
            case "content-type" -> contentType = contentType == null ? value : contentType;
            case "content-disposition" -> disposition = disposition == null ? value : disposition;
            case "content-id" -> contentId = contentId == null ? value : contentId;
            default -> {}
        }
    }

    // What stands behind the colon, unfolded (RFC 5322 2.2.3).
    private String value(byte[] raw) {
        int begin = 0;
        while (begin < raw.length && raw[begin] != ':') {
            begin++;
        }
        int length = 0;
        byte[] value = new byte[raw.length];
        for (int i = begin + 1; i < raw.length; i++) {
            if (raw[i] != '\r' && raw[i] != '\n') {
                value[length++] = raw[i];
            }
        }
        if (!Charsets.isAscii(value, length) && !Charsets.isUtf8(value, length)) {
            defects.add(Defect.CHARSET_UNDECLARED);
        }
        return Charsets.guess(value, length).strip();
    }

    private void body(BodyDescriptor descriptor, InputStream raw) throws IOException {
        Parameters type = Parameters.parse(contentType);
        Parameters how = Parameters.parse(disposition);
        String mediaType = descriptor.getMimeType();
        String written = how.get("filename") != null ? how.get("filename") : type.get("name");
        String name = Parameters.fileName(written);
        boolean unbounded = type.value().startsWith("multipart/");
        if (unbounded) {
            defects.add(Defect.BOUNDARY_MISSING);
        }
        BodyBytes bytes = new BodyBytes(raw, descriptor.getTransferEncoding(), defects);
        boolean inline = name == null && !how.value().equals("attachment");
        if (unbounded || (inline && mediaType.equals("text/plain"))) {
            text.read(bytes, type.get("charset"));
        } else if (inline && mediaType.equals("text/html")) {
            html.read(bytes, type.get("charset"));
        } else {
            attachments.add(AttachmentReader.read(
                    bytes, detector, name, mediaType, contentId, how.value().isEmpty() ? null : how.value()));
        }
    }
}
