package io.waypost.api.sending;

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
        byte[] mended = new byte[bytes.length + bare(bytes, at)];
        System.arraycopy(bytes, 0, mended, 0, at);
        int to = at;
        while (at < bytes.length) {
            byte b = bytes[at++];
            if (b != '\r' && b != '\n') {
                mended[to++] = b;
                continue;
            }
            if (b == '\r' && at < bytes.length && bytes[at] == '\n') {
                at++;
            }
            mended[to++] = '\r';
            mended[to++] = '\n';
        }
        return mended;
    }

    // Counted first: the message may have 40 MB.
    private static int bare(byte[] bytes, int from) {
        int bare = 0;
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                i++;
            } else if (bytes[i] == '\r' || bytes[i] == '\n') {
                bare++;
            }
        }
        return bare;
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
