package io.waypost.api.identity;

import java.io.IOException;

/** What is done now and then by the thread that goes round all identities. */
@FunctionalInterface
public interface Chore {

    /** There is none. */
    Chore NONE = () -> {};

    /** @throws IOException when it cannot be done now; it is tried again with the next round */
    void done() throws IOException;
}
