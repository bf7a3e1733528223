package io.waypost.actions.webhook;

import io.waypost.message.mime.TypeDetector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Tells types with Apache Tika, from the first bytes and the file name. Made once: reading Tika's tables takes a while. */
public final class TikaTypes implements TypeDetector {

    // Tika tries some thousand patterns, which takes half a millisecond; these four make up most attachments. Taken
    // only where
    // the name says the same, so that the answer is Tika's.
    private static final List<Sign> COMMON = List.of(
            new Sign("255044462d", "application/pdf", List.of(".pdf")),
            new Sign("89504e470d0a1a0a", "image/png", List.of(".png")),
            new Sign("ffd8ff", "image/jpeg", List.of(".jpg", ".jpeg")),
            new Sign("474946383961", "image/gif", List.of(".gif")));

    private record Sign(String magic, String type, List<String> endings) {
        boolean isOn(byte[] first, int length, String name) {
            int bytes = magic.length() / 2;
            return length >= bytes
                    && endings.stream().anyMatch(name::endsWith)
                    && HexFormat.of().formatHex(first, 0, bytes).equals(magic);
        }
    }

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
        if (name != null) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (Sign sign : COMMON) {
                if (sign.isOn(first, length, lower)) {
                    return sign.type();
                }
            }
        }
        return byTika(first, length, name);
    }

    @Nullable
    String byTika(byte[] first, int length, @Nullable String name) {
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
