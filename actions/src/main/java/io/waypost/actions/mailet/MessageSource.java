package io.waypost.actions.mailet;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.mail.util.SharedByteArrayInputStream;
import javax.mail.util.SharedFileInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A message's bytes in the form that javax.mail reads parts from without copying them: in memory when small, else in a file of their own
 * that is gone after {@link #close}.
 */
final class MessageSource implements AutoCloseable {

    private static final long MEMORY_LIMIT = 1_000_000;

    private final MessageContent content;
    private final Path folder;
    private @Nullable Path file;
    private @Nullable InputStream stream;

    MessageSource(MessageContent content, Path folder) {
        this.content = content;
        this.folder = folder;
    }

    InputStream open() throws IOException {
        if (content.size() <= MEMORY_LIMIT) {
            try (InputStream in = content.open()) {
                return new SharedByteArrayInputStream(in.readAllBytes());
            }
        }
        Path copy = Files.createTempFile(folder, "mailet", ".eml");
        file = copy;
        try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            content.transferTo(out);
        }
        InputStream shared = new SharedFileInputStream(copy.toFile());
        stream = shared;
        return shared;
    }

    long size() {
        return content.size();
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
