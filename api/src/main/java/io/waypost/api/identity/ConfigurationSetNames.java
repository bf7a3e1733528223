package io.waypost.api.identity;

import io.waypost.message.Scope;
import java.io.IOException;

/** Knows which configuration sets there are. */
@FunctionalInterface
public interface ConfigurationSetNames {

    /** Whether the account has this set. */
    boolean exists(Scope scope, String name) throws IOException;
}
