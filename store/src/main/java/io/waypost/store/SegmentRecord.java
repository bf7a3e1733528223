package io.waypost.store;

import io.waypost.message.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The header in front of each content, in a segment and in an own file. The rows are the truth and are never rebuilt from
 * headers; a header lets a person tell what a piece of a file once was.
 */
final class SegmentRecord {

    /** Bytes of a header: magic 4, head length 4, body length 8, head CRC 4, body CRC 4, message id 40. */
    static final int HEADER = 64;

    static final int MAGIC = 0x57505231; // "WPR1"

    private SegmentRecord() {}

    static void writeHeader(
            ByteBuffer target, MessageId id, int headLength, long bodyLength, int headCrc, int bodyCrc) {
        target.putInt(MAGIC)
                .putInt(headLength)
                .putLong(bodyLength)
                .putInt(headCrc)
                .putInt(bodyCrc);
        target.put(id.value().getBytes(StandardCharsets.US_ASCII));
    }

    static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
