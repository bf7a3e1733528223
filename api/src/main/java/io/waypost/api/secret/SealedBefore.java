package io.waypost.api.secret;

import java.io.IOException;
import java.util.Optional;

/** Knows of secrets that were sealed before: where there is one, a master key was there, and a new one would hide that it is lost. */
@FunctionalInterface
public interface SealedBefore {

    /** One of them, in words such as {@code the access key WPAK... of account 123456789012}; nothing when nothing is sealed. */
    Optional<String> example() throws IOException;
}
