package io.waypost.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A mail with the line ends that it came with: tools save mails with LF alone, and a mail that was received by SMTP has none that is not
 * behind a CR. For one thread.
 */
final class CrlfStream extends FilterInputStream {

    private int last = -1;
    private boolean owed;

    /** @param in buffered; read octet by octet */
    CrlfStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        if (owed) {
            owed = false;
            last = '\n';
            return last;
        }
        int octet = super.read();
        if (octet == '\n' && last != '\r') {
            owed = true;
            last = '\r';
            return last;
        }
        last = octet;
        return octet;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int octet = read();
            if (octet < 0) {
                return count == 0 ? -1 : count;
            }
            octets[offset + count++] = (byte) octet;
        }
        return count;
    }
}
