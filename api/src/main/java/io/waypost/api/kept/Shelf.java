package io.waypost.api.kept;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All things of one kind, in memory for look-ups and in the store for good. Safe for all threads: look-ups never wait, changes are
 * made one after the other.
 *
 * @param <T> immutable, with an {@code equals} that compares all it holds
 */
public final class Shelf<T> {

    /** How a thing stands in the store. */
    public interface Text<T> {

        String write(T thing);

        /** @throws IOException when the text is no such thing, with the reason */
        T read(Setting setting) throws IOException;
    }

    /** What a change makes of a thing. */
    @FunctionalInterface
    public interface Edit<T> {

        /**
         * @param before nothing when there is none
         * @return what it becomes; nothing removes it
         */
        Optional<T> of(Optional<T> before) throws ServiceException, IOException;
    }

    private final Settings settings;
    private final String kind;
    private final Text<T> text;
    private final Clock clock;
    private final ConcurrentMap<Scope, NavigableMap<String, T>> things = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    /** What may stand in the store otherwise than here; guarded by the lock. */
    private final Set<Key> doubtful = new HashSet<>();

    private Shelf(Settings settings, String kind, Text<T> text, Clock clock) {
        this.settings = settings;
        this.kind = kind;
        this.text = text;
        this.clock = clock;
    }

    /**
     * Reads everything.
     *
     * @param kind as {@link Key#kind}
     * @throws IOException when the store cannot be read, or something in it
     */
    public static <T> Shelf<T> load(Settings settings, String kind, Text<T> text, Clock clock) throws IOException {
        Shelf<T> shelf = new Shelf<>(settings, kind, text, clock);
        for (Setting setting : settings.list(kind)) {
            shelf.put(setting.key(), Optional.of(text.read(setting)));
        }
        return shelf;
    }

    public Optional<T> find(Scope scope, String name) {
        return Optional.ofNullable(in(scope).get(name));
    }

    /** Those of a scope behind a name, which may be empty, in the order of their names. */
    public Collection<T> list(Scope scope, String after) {
        return in(scope).tailMap(after, false).values();
    }

    public int count(Scope scope) {
        return in(scope).size();
    }

    /**
     * Changes one thing; durable when it returns. Edits that change nothing write nothing.
     *
     * @return what it became
     * @throws ServiceException from the edit
     * @throws IOException when the store cannot take it now
     */
    public Optional<T> change(Scope scope, String name, Edit<T> edit) throws ServiceException, IOException {
        changing.lock();
        try {
            settleDoubts();
            Optional<T> before = find(scope, name);
            Optional<T> after = edit.of(before);
            if (!after.equals(before)) {
                write(new Key(scope, kind, name), after);
            }
            return after;
        } finally {
            changing.unlock();
        }
    }

    private void write(Key key, Optional<T> after) throws IOException {
        Change change = after.<Change>map(thing -> new Change.Put(key, text.write(thing)))
                .orElseGet(() -> new Change.Remove(key));
        try {
            settings.apply(List.of(change), clock.instant());
        } catch (IOException e) {
            // It may have been written all the same.
            doubtful.add(key);
            try {
                settleDoubts();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        put(key, after);
    }

    private void settleDoubts() throws IOException {
        for (Key key : List.copyOf(doubtful)) {
            Optional<Setting> there = settings.find(key);
            put(key, there.isPresent() ? Optional.of(text.read(there.get())) : Optional.empty());
            doubtful.remove(key);
        }
    }

    private void put(Key key, Optional<T> thing) {
        if (thing.isPresent()) {
            things.computeIfAbsent(key.scope(), _ -> new ConcurrentSkipListMap<>())
                    .put(key.name(), thing.get());
        } else {
            in(key.scope()).remove(key.name());
        }
    }

    private NavigableMap<String, T> in(Scope scope) {
        return things.getOrDefault(scope, new ConcurrentSkipListMap<>());
    }
}
