package io.waypost.actions.s3;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What an upload is checked by: SHA-256 is part of the signature, MD5 is Content-MD5 and the ETag.
 *
 * @param size bytes
 * @param sha256 hex
 * @param md5 hex
 */
record Digests(long size, String sha256, String md5) {

    static Digests of(MessageContent content) throws IOException {
        MessageDigest sha256 = digest("SHA-256");
        MessageDigest md5 = digest("MD5");
        long[] size = {0};
        content.transferTo(new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) {
                int length = bytes.remaining();
                sha256.update(bytes.duplicate());
                md5.update(bytes);
                size[0] += length;
                return length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        });
        return new Digests(size[0], hex(sha256), hex(md5));
    }

    /** As Content-MD5 has it (RFC 1864). */
    String md5Base64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(md5));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has both.
            throw new IllegalStateException(e);
        }
    }
}
