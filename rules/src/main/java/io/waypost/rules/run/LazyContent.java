package io.waypost.rules.run;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Content that is looked up when an action first asks for it: many never do. Used by one run's threads. */
final class LazyContent implements MessageContent {

    interface Source {
        MessageContent find() throws IOException;
    }

    private final Source source;
    private volatile @Nullable MessageContent found;

    LazyContent(Source source) {
        this.source = source;
    }

    private MessageContent content() throws IOException {
        MessageContent content = found;
        if (content == null) {
            content = source.find();
            found = content;
        }
        return content;
    }

    @Override
    public long size() {
        try {
            return content().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return content().open();
    }

    @Override
    public void transferTo(WritableByteChannel target) throws IOException {
        content().transferTo(target);
    }
}
