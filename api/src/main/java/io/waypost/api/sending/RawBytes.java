package io.waypost.api.sending;

import java.io.ByteArrayOutputStream;

/** A message as an application wrote it. */
final class RawBytes {

    private RawBytes() {}

    /**
     * The message with CRLF for every line end: applications write them as their system does, and a bare CR or LF that travels on could
     * be taken for the end of the message by some server (RFC 5321 2.3.8).
     */
    static byte[] withLineEnds(byte[] bytes) {
        int at = firstBare(bytes);
        if (at == bytes.length) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 32 + 16);
        out.write(bytes, 0, at);
        while (at < bytes.length) {
            byte b = bytes[at++];
            if (b != '\r' && b != '\n') {
                out.write(b);
                continue;
            }
            if (b == '\r' && at < bytes.length && bytes[at] == '\n') {
                at++;
            }
            out.write('\r');
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static int firstBare(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                i++;
            } else if (bytes[i] == '\r' || bytes[i] == '\n') {
                return i;
            }
        }
        return bytes.length;
    }
}
