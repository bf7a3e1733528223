package io.waypost.message.mime;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Measures and hashes one attachment while its bytes pass by; only the first few are kept, to tell its type. */
final class AttachmentReader implements BodyBytes.Sink {

    private final MessageDigest digest = sha256();
    private final byte[] first = new byte[TypeDetector.FIRST_BYTES];
    private long size;

    private AttachmentReader() {}

    static Attachment read(
            BodyBytes body,
            TypeDetector detector,
            @Nullable String name,
            String type,
            @Nullable String contentId,
            @Nullable String disposition)
            throws IOException {
        AttachmentReader reader = new AttachmentReader();
        body.transferTo(reader);
        int length = (int) Math.min(reader.size, reader.first.length);
        return new Attachment(
                name,
                type,
                detector.detect(reader.first, length, name),
                reader.size,
                HexFormat.of().formatHex(reader.digest.digest()),
                contentId == null ? null : bareId(contentId),
                disposition);
    }

    @Override
    public void take(byte[] bytes, int length) {
        if (size < first.length) {
            System.arraycopy(bytes, 0, first, (int) size, (int) Math.min(length, first.length - size));
        }
        digest.update(bytes, 0, length);
        size += length;
    }

    private static String bareId(String written) {
        int open = written.indexOf('<');
        int close = written.indexOf('>', open + 1);
        return open >= 0 && close > open ? written.substring(open + 1, close) : written;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
