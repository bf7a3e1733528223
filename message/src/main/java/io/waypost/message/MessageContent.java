package io.waypost.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of a message: header and body as they stand in the store, never necessarily in memory.
 *
 * <p>May be read any number of times, by several threads at once; every call begins at the first byte.
 */
public interface MessageContent {

    /** Length in bytes. */
    long size();

    /** A new stream over all bytes; the caller closes it. */
    InputStream open() throws IOException;

    /** Writes all bytes to {@code target}, by the shortest way there is. */
    default void transferTo(WritableByteChannel target) throws IOException {
        try (InputStream in = open()) {
            byte[] buffer = new byte[64 * 1024];
            int n;
            while ((n = in.read(buffer)) >= 0) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    target.write(bytes);
                }
            }
        }
    }

    /** Content that is in memory already. The array must not be changed afterwards. */
    static MessageContent of(byte[] bytes) {
        return new MessageContent() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** This content with header fields (complete lines, each ended by CRLF) put on top. */
    default MessageContent withFieldsOnTop(byte[] fields) {
        if (fields.length == 0) {
            return this;
        }
        MessageContent rest = this;
        return new MessageContent() {
            @Override
            public long size() {
                return fields.length + rest.size();
            }

            @Override
            public InputStream open() throws IOException {
                return new SequenceInputStream(new ByteArrayInputStream(fields), rest.open());
            }

            @Override
            public void transferTo(WritableByteChannel target) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(fields);
                while (bytes.hasRemaining()) {
                    target.write(bytes);
                }
                rest.transferTo(target);
            }
        };
    }
}
