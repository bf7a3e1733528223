package io.waypost.smtp.checks.spam;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A mail as a request's body, read as it is sent. */
final class StreamedBody extends RequestBody {

    private final MessageContent content;

    StreamedBody(MessageContent content) {
        this.content = content;
    }

    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    @Override
    public long contentLength() {
        return content.size();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (InputStream in = content.open()) {
            in.transferTo(sink.outputStream());
        }
    }
}
