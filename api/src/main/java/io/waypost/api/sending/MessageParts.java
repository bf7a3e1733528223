package io.waypost.api.sending;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.compose.Attached;
import io.waypost.message.compose.Composition;
import io.waypost.message.compose.Composition.Field;
import io.waypost.message.compose.TransferEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what applications put into messages. */
final class MessageParts {

    // Those that are written from other members, or by the server (DG header-fields).
    private static final Set<String> OURS = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "subject",
            "reply-to",
            "return-path",
            "date",
            "message-id",
            "mime-version",
            "received",
            "dkim-signature");

    private MessageParts() {}

    /** MessageHeader. */
    record MessageHeader(String name, String value) {}

    /** Attachment. */
    record Attachment(
            byte[] rawContent,
            @Nullable String contentDisposition,
            String fileName,
            @Nullable String contentDescription,
            @Nullable String contentId,
            @Nullable String contentTransferEncoding,
            @Nullable String contentType) {}

    static Post.Inside inside(
            Content subject,
            Content.Body body,
            @Nullable List<MessageHeader> headers,
            @Nullable List<Attachment> attachments)
            throws ServiceException {
        Optional<Composition.Text> text = body.plainText();
        Optional<Composition.Text> html = body.htmlText();
        if (text.isEmpty() && html.isEmpty()) {
            throw ServiceException.invalidParameter("The message body must have a text or an HTML part.");
        }
        return new Post.Inside(subject.data(), text, html, fields(headers), attached(attachments));
    }

    static List<Field> fields(@Nullable List<MessageHeader> headers) throws ServiceException {
        List<Field> fields = new ArrayList<>();
        for (MessageHeader header : headers == null ? List.<MessageHeader>of() : headers) {
            String name = header.name.toLowerCase(Locale.ROOT);
            if (OURS.contains(name) || name.startsWith("content-")) {
                throw ServiceException.invalidParameter("Header <" + header.name + "> cannot be set.");
            }
            try {
                fields.add(new Field(header.name, header.value));
            } catch (IllegalArgumentException e) {
                throw ServiceException.invalidParameter("Invalid header <" + header.name + ">.");
            }
        }
        return fields;
    }

    /** Those of the entry instead of those of the same name. */
    static List<Field> replaced(List<Field> fields, @Nullable List<MessageHeader> others) throws ServiceException {
        List<Field> replacements = fields(others);
        List<Field> all = new ArrayList<>(fields);
        all.removeIf(field -> replacements.stream().anyMatch(it -> it.name().equalsIgnoreCase(field.name())));
        all.addAll(replacements);
        return all;
    }

    static List<Attached> attached(@Nullable List<Attachment> attachments) throws ServiceException {
        List<Attached> attached = new ArrayList<>();
        for (Attachment attachment : attachments == null ? List.<Attachment>of() : attachments) {
            if (attachment.fileName.isBlank()) {
                throw ServiceException.invalidParameter("An attachment must have a file name.");
            }
            try {
                attached.add(new Attached(
                        attachment.fileName,
                        given(attachment.contentType),
                        "INLINE".equals(attachment.contentDisposition),
                        given(attachment.contentId).map(MessageParts::bare),
                        given(attachment.contentDescription),
                        attachment.contentTransferEncoding == null
                                ? TransferEncoding.BASE64
                                : TransferEncoding.valueOf(attachment.contentTransferEncoding),
                        attachment.rawContent));
            } catch (IllegalArgumentException e) {
                throw ServiceException.invalidParameter(
                        "Invalid attachment <" + attachment.fileName + ">: " + e.getMessage());
            }
        }
        return attached;
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(it -> !it.isBlank());
    }

    private static String bare(String id) {
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }
}
