package io.waypost.config;

import java.util.List;

/**
 * An account: whose state the APIs work on.
 *
 * @param id twelve digits
 * @param keys what its requests may be signed with; others are made at run time
 */
public record AccountSettings(String id, List<Key> keys) {

    /** One access key. */
    public record Key(String id, Secret secret) {}

    public AccountSettings {
        keys = List.copyOf(keys);
    }
}
