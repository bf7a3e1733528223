package io.waypost.actions.s3;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A message as a request body of known length, written piece by piece. */
final class ContentBody extends RequestBody {

    private static final MediaType MESSAGE = MediaType.get("message/rfc822");

    private final MessageContent content;
    private final long size;

    ContentBody(MessageContent content, long size) {
        this.content = content;
        this.size = size;
    }

    @Override
    public MediaType contentType() {
        return MESSAGE;
    }

    @Override
    public long contentLength() {
        return size;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        content.transferTo(new SinkChannel(sink));
    }

    /** The sink without its close: the request goes on after the body. */
    private record SinkChannel(BufferedSink sink) implements WritableByteChannel {

        private static final int PIECE = 64 * 1024;

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            // The sink copies all it is given before it sends; a store may offer a whole mapped file.
            int length = Math.min(bytes.remaining(), PIECE);
            ByteBuffer piece = bytes.slice(bytes.position(), length);
            while (piece.hasRemaining()) {
                sink.write(piece);
            }
            bytes.position(bytes.position() + length);
            return length;
        }

        @Override
        public boolean isOpen() {
            return sink.isOpen();
        }

        @Override
        public void close() {
            // okhttp closes it.
        }
    }
}
