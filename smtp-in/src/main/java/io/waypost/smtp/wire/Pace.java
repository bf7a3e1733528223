package io.waypost.smtp.wire;

/** Hears how fast content arrives, and moves the connection's deadline. */
@FunctionalInterface
public interface Pace {

    /** So many octets have just come. */
    void received(int octets);
}
