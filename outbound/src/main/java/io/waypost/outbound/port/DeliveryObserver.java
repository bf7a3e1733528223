package io.waypost.outbound.port;

import java.io.IOException;

/** Hears what came of every attempt at a mail that an application sent. Safe for all threads; blocks. */
@FunctionalInterface
public interface DeliveryObserver {

    /** Hears nothing. */
    DeliveryObserver NONE = report -> {};

    /**
     * Called before the outcome is recorded: after a crash between the two it is called again, with the same key where the attempt was
     * the last one.
     *
     * @throws IOException when what it is there for could not be done; the attempt is then made again
     */
    void observed(DeliveryReport report) throws IOException;
}
