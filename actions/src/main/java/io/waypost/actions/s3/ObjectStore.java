package io.waypost.actions.s3;

import io.waypost.actions.ObjectLinks;
import io.waypost.message.MessageContent;
import io.waypost.rules.Action.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps objects in buckets under keys. Shared by all threads; calls block.
 */
public interface ObjectStore extends ObjectLinks, AutoCloseable {

    /**
     * Stores an object, in place of one that has the key already. When it returns, the object is as durable as the store promises and
     * holds exactly the content's bytes; when it throws, the key holds the old object, the new one, or none, never a part of
     * one, and the caller tries again.
     *
     * @param object a valid bucket and key; the key ends in a message id
     * @param content read once or more, never whole into memory
     * @param encryption how to encrypt it at rest
     * @return what the store said, for the trace
     * @throws ObjectStoreException when the store refused; other IOExceptions when it could not be reached or failed
     */
    String put(StoredObject object, MessageContent content, Encryption encryption)
            throws IOException, InterruptedException;

    /** Whether it can encrypt otherwise than by default. */
    boolean encrypts();

    /** How many calls are worth having on the way at once to one bucket. */
    int concurrency();

    /** Nothing, unless the store can be reached by others. */
    @Override
    default Optional<URI> link(StoredObject object, Instant storedAt, Instant now) {
        return Optional.empty();
    }

    @Override
    void close();
}
