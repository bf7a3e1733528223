package io.waypost.message.port;

import io.waypost.message.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was set up through the APIs: rule sets, filters, identities, topics, keys; one small text for each thing, by scope, kind and
 * name.
 *
 * <p>Safe for all threads. One process writes, so whoever reads, decides and writes holds a lock of his own meanwhile.
 */
public interface Settings {

    /**
     * The address of one thing.
     *
     * @param kind such as {@code receipt-rule-set}; lower-case letters and hyphens
     * @param name unique within scope and kind; compared byte by byte
     */
    record Key(Scope scope, String kind, String name) {}

    /**
     * One thing.
     *
     * @param text what it is, in a form that its kind defines; at most {@link #MOST_BYTES} in UTF-8
     * @param changedAt when it was last put
     */
    record Setting(Key key, String text, Instant changedAt) {}

    /** One change. */
    sealed interface Change {

        Key key();

        /** Creates or replaces. */
        record Put(Key key, String text) implements Change {}

        /** Removes; nothing happens when there is none. */
        record Remove(Key key) implements Change {}
    }

    /** Bytes a text may have. */
    int MOST_BYTES = 16 * 1024 * 1024;

    Optional<Setting> find(Key key) throws IOException;

    /** All of a kind in one scope, in the byte order of their names. */
    List<Setting> list(Scope scope, String kind) throws IOException;

    /**
     * A part of what {@link #list(Scope, String)} says, for kinds of which there can be a million.
     *
     * @param after the name behind which it begins; empty for the first part
     * @param most how many it may have
     */
    default List<Setting> list(Scope scope, String kind, String after, int most) throws IOException {
        byte[] behind = after.getBytes(StandardCharsets.UTF_8);
        return list(scope, kind).stream()
                .filter(setting ->
                        Arrays.compareUnsigned(setting.key().name().getBytes(StandardCharsets.UTF_8), behind) > 0)
                .limit(most)
                .toList();
    }

    /** All of a kind in every scope, by scope and then by name. */
    List<Setting> list(String kind) throws IOException;

    /**
     * Makes all changes or none; durable when it returns.
     *
     * @throws IllegalArgumentException when a text is too long
     * @throws IOException when the store cannot take them now; nothing was changed, unless the exception says that it is not known
     */
    void apply(List<Change> changes, Instant at) throws IOException;
}
