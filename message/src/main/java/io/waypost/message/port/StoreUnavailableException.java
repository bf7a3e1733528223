package io.waypost.message.port;

import java.io.IOException;

/**
 * The store cannot take or give anything now; nothing was accepted. The peer hears 452 4.3.1 when {@link #full()}, otherwise
 * 451 4.3.0; the log keeps the message; never permanent: the store recovers by itself when the disk does.
 */
public final class StoreUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;
    private final boolean full;

    public StoreUnavailableException(boolean full, String message, Throwable cause) {
        super(message, cause);
        this.full = full;
    }

    public StoreUnavailableException(boolean full, String message) {
        super(message);
        this.full = full;
    }

    /** Whether it is room that is missing, rather than a disk that fails. */
    public boolean full() {
        return full;
    }
}
