package io.waypost.smtp.wire;

import java.io.IOException;

/** No more octets will come: the peer closed, a deadline passed, or the server stops. */
public final class EndedException extends IOException {

    private static final long serialVersionUID = 1L;

    public EndedException() {
        super("end of input");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
