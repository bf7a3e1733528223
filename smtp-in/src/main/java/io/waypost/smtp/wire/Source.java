package io.waypost.smtp.wire;

import java.io.IOException;

/** Where octets come from. */
@FunctionalInterface
public interface Source {

    /**
     * Blocks until at least one octet is there.
     *
     * @return how many were read, or -1 when there will be no more
     */
    int read(byte[] octets, int offset, int length) throws IOException;
}
