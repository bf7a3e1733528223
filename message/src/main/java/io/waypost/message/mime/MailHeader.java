package io.waypost.message.mime;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header of a message: its fields in order, and the meaning of those that everybody asks for.
 *
 * @param fields every field, in order, repeated ones included
 */
public record MailHeader(List<HeaderField> fields) {

    public MailHeader {
        fields = List.copyOf(fields);
    }

    /** The first field of this name, in any case. */
    public Optional<HeaderField> first(String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** All addresses of all fields of this name (RFC 5322 3.6.3 allows one, senders write several). */
    public List<MailAddress> addresses(String name) {
        List<MailAddress> found = new ArrayList<>();
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                found.addAll(AddressList.parse(field.written()));
            }
        }
        return found;
    }

    public Optional<String> subject() {
        return first("Subject").map(HeaderField::value);
    }

    /** The Date field, when it can be read. */
    public Optional<OffsetDateTime> date() {
        return first("Date").flatMap(field -> MailDate.parse(field.written()));
    }

    /** Message-ID with its angle brackets. */
    public Optional<String> messageId() {
        return first("Message-ID").map(field -> firstId(field.written()));
    }

    /** The first message id of In-Reply-To, with its angle brackets. */
    public Optional<String> inReplyTo() {
        return first("In-Reply-To").map(field -> firstId(field.written()));
    }

    /** The message ids of References, with their angle brackets, oldest first. */
    public List<String> references() {
        return first("References").map(field -> ids(field.written())).orElse(List.of());
    }

    private static String firstId(String text) {
        List<String> ids = ids(text);
        return ids.isEmpty() ? text : ids.getFirst();
    }

    private static List<String> ids(String text) {
        List<String> ids = new ArrayList<>();
        int open = text.indexOf('<');
        while (open >= 0) {
            int close = text.indexOf('>', open);
            if (close < 0) {
                break;
            }
            ids.add(text.substring(open, close + 1));
            open = text.indexOf('<', close);
        }
        return ids;
    }
}
