package io.waypost.api.identity;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings in memory, which can fail: before they write, or after it. */
public final class MemorySettings implements Settings {

    /** How the next change ends. */
    public enum Ending {
        WELL,
        NOT_WRITTEN,
        WRITTEN_BUT_NOT_KNOWN
    }

    private final Map<Key, Setting> all = new TreeMap<>(Comparator.comparing(Key::toString));
    private Ending next = Ending.WELL;
    private int writes;

    public synchronized void next(Ending ending) {
        next = ending;
    }

    public synchronized int writes() {
        return writes;
    }

    @Override
    public synchronized Optional<Setting> find(Key key) {
        return Optional.ofNullable(all.get(key));
    }

    @Override
    public synchronized List<Setting> list(Scope scope, String kind) {
        return list(kind).stream().filter(it -> it.key().scope().equals(scope)).toList();
    }

    @Override
    public synchronized List<Setting> list(String kind) {
        return all.values().stream().filter(it -> it.key().kind().equals(kind)).toList();
    }

    @Override
    public synchronized void apply(List<Change> changes, Instant at) throws IOException {
        Ending ending = next;
        next = Ending.WELL;
        if (ending == Ending.NOT_WRITTEN) {
            throw new IOException("the disk is full");
        }
        for (Change change : changes) {
            writes++;
            switch (change) {
                case Change.Put(Key key, String text) -> all.put(key, new Setting(key, text, at));
                case Change.Remove(Key key) -> all.remove(key);
            }
        }
        if (ending == Ending.WRITTEN_BUT_NOT_KNOWN) {
            throw new IOException("no answer from the disk");
        }
    }
}
