package io.waypost.message.mime;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, as far as it can be read.
 *
 * @param header the message's own header
 * @param text all plain text that is shown inline, line ends as sent; null when there is none
 * @param html all HTML that is shown inline; null when there is none
 * @param attachments every other part, in order; a forwarded message (message/rfc822) is one of them
 * @param defects what is wrong or left out; empty for a clean message
 */
public record ParsedMail(
        MailHeader header,
        @Nullable String text,
        @Nullable String html,
        List<Attachment> attachments,
        Set<Defect> defects) {
    public ParsedMail {
        attachments = List.copyOf(attachments);
    }
}
