package io.waypost.smtp.testing;

import io.waypost.message.MessageContent;
import io.waypost.message.header.HeaderBlock;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Headers from octets. */
public final class Headers {

    private Headers() {}

    public static HeaderBlock block(byte[] octets) {
        try {
            return HeaderBlock.of(MessageContent.of(octets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
