package io.waypost.store;

import java.io.IOException;
import java.util.zip.CRC32C;

/** Reads content and compares it with its checksums before the last piece is handed out. */
final class CheckedStream extends FileStream {

    private final String name;
    private final ContentFile.Lease lease;
    private final Location location;
    private final CRC32C crc = new CRC32C();
    private int headLeft;

    CheckedStream(String name, ContentFile.Lease lease, Location location) {
        super(lease.file(), location.position(), location.length());
        this.name = name;
        this.lease = lease;
        this.location = location;
        this.headLeft = location.headLength();
    }

    @Override
    void inspect(byte[] bytes, int length, boolean last) throws IOException {
        int head = Math.min(headLeft, length);
        if (head > 0) {
            crc.update(bytes, 0, head);
            headLeft -= head;
            if (headLeft == 0) {
                require((int) crc.getValue() == location.headCrc());
                crc.reset();
            }
        }
        crc.update(bytes, head, length - head);
        if (last && location.bodyLength() > 0) {
            require((int) crc.getValue() == location.bodyCrc());
        }
    }

    private void require(boolean matches) throws IOException {
        if (!matches) {
            throw new IOException("the stored bytes of %s do not match their checksum (%s %d at %d)"
                    .formatted(name, location.own() ? "file" : "segment", location.file(), location.position()));
        }
    }

    @Override
    public void close() throws IOException {
        lease.close();
    }
}
