package io.waypost.actions.forward;

import io.waypost.message.MessageContent;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/** A received mail without the Return-Path that this server put on it: that field is the last server's to write (RFC 5321 4.4). */
final class ForwardedContent {

    private ForwardedContent() {}

    /** Leaves out the Return-Path above the first Received; everything else is as it was. */
    static MessageContent of(MessageContent content, HeaderBlock header) {
        Optional<Field> returnPath = header.fields().stream()
                .takeWhile(field -> !field.is("Received"))
                .filter(field -> field.is("Return-Path"))
                .findFirst();
        return returnPath.isEmpty() ? content : new Without(content, returnPath.get());
    }

    private record Without(MessageContent content, Field field) implements MessageContent {

        @Override
        public long size() {
            return content.size() - (field.end() - field.start());
        }

        @Override
        public InputStream open() throws IOException {
            InputStream in = content.open();
            try {
                byte[] above = in.readNBytes(field.start());
                in.skipNBytes(field.end() - field.start());
                return new SequenceInputStream(new ByteArrayInputStream(above), in);
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
    }
}
