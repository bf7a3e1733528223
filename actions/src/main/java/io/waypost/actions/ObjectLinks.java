package io.waypost.actions;

import io.waypost.rules.Action.StoredObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** How a receiver who is told of a stored object can fetch it. Families that tell of objects ask; the store of objects answers. */
@FunctionalInterface
public interface ObjectLinks {

    /** Where objects have no door. */
    ObjectLinks NONE = (object, storedAt, now) -> Optional.empty();

    /**
     * A URL that gives whoever has it this one object by GET, for a while. Nobody is asked: the object need not be there.
     *
     * @param storedAt a moment that stays the same for the object
     * @param now not before that
     * @return the same URL for every moment of a stretch of time, so that a repeat soon after says the same; nothing where objects have
     *     no door
     */
    Optional<URI> link(StoredObject object, Instant storedAt, Instant now);
}
