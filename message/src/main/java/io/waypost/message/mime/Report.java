package io.waypost.message.mime;

import java.util.List;
import java.util.Optional;

/**
 * A message as a report about another message (RFC 6522): its header, and those of its parts that a program reads.
 *
 * @param header the message's own
 * @param contentType the media type of the message, lower case
 * @param parts in order, each cut at a limit
 */
public record Report(MailHeader header, String contentType, List<Part> parts) {

    /**
     * One part.
     *
     * @param contentType lower case, without parameters
     * @param text decoded
     */
    public record Part(String contentType, String text) {}

    public Report {
        parts = List.copyOf(parts);
    }

    /** The text of the first part of one of these types. */
    public Optional<String> first(String... types) {
        return parts.stream()
                .filter(part -> List.of(types).contains(part.contentType()))
                .map(Part::text)
                .findFirst();
    }
}
