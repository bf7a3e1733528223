package io.waypost.api.event;

import io.waypost.message.MessageId;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.Sending;
import io.waypost.message.sending.SesMessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The names that events tell. They come from what is told, so that a repeat tells the same. */
final class EventIds {

    private static final int BYTES = 25;

    private EventIds() {}

    /** The mail's name in SES' form. */
    static String messageId(MailEvent event) {
        return SesMessageId.of(event.mail().id(), sending(event).scope().region());
    }

    /** The name of a bounce or complaint (feedbackId), in the form of a mail's. */
    static String feedbackId(MailEvent event) {
        UUID name = uuid(event.key());
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putShort((short) (event.at().toEpochMilli() >>> 32))
                .putInt((int) event.at().toEpochMilli())
                .putLong(name.getMostSignificantBits())
                .putLong(name.getLeastSignificantBits())
                .array();
        return SesMessageId.of(MessageId.of(bytes), sending(event).scope().region());
    }

    static UUID uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Sending sending(MailEvent event) {
        return event.mail()
                .sending()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no application sent " + event.mail().id()));
    }
}
