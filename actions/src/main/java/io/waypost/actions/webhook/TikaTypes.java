package io.waypost.actions.webhook;

import io.waypost.message.mime.TypeDetector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Tells types with Apache Tika, from the first bytes and the file name. Made once: reading Tika's tables takes a while. */
public final class TikaTypes implements TypeDetector {

    private final MimeTypes types;

    public TikaTypes() {
        try {
            this.types = new TikaConfig().getMimeRepository();
        } catch (TikaException | IOException e) {
            throw new IllegalStateException("Tika's own tables cannot be read", e);
        }
    }

    @Override
    public @Nullable String detect(byte[] first, int length, @Nullable String name) {
        Metadata metadata = new Metadata();
        if (name != null) {
            metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        }
        try (InputStream in = new ByteArrayInputStream(first, 0, length)) {
            return types.detect(in, metadata).toString();
        } catch (IOException | RuntimeException e) {
            // The bytes are a stranger's; what cannot be told is left out.
            return null;
        }
    }
}
