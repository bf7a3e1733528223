package io.waypost.api;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings that live as long as the object. */
public final class MemorySettings implements Settings {

    private final Map<Key, Setting> all = new TreeMap<>(Comparator.comparing((Key key) -> key.kind())
            .thenComparing(key -> key.scope().account())
            .thenComparing(key -> key.scope().region())
            .thenComparing(Key::name));
    private boolean broken;
    private int asked;

    /** From now on nothing can be changed, or again. */
    public synchronized void broken(boolean now) {
        broken = now;
    }

    /** How many questions for one setting there were. */
    public synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized Optional<Setting> find(Key key) {
        asked++;
        return Optional.ofNullable(all.get(key));
    }

    /** The texts of all settings. */
    public synchronized List<String> texts() {
        return all.values().stream().map(Setting::text).toList();
    }

    @Override
    public synchronized List<Setting> list(Scope scope, String kind) {
        return list(kind).stream()
                .filter(setting -> setting.key().scope().equals(scope))
                .toList();
    }

    @Override
    public synchronized List<Setting> list(String kind) {
        return all.values().stream()
                .filter(setting -> setting.key().kind().equals(kind))
                .toList();
    }

    @Override
    public synchronized void apply(List<Change> changes, Instant at) throws IOException {
        if (broken) {
            throw new IOException("the disk is full");
        }
        for (Change change : changes) {
            switch (change) {
                case Change.Put(Key key, String text) -> all.put(key, new Setting(key, text, at));
                case Change.Remove(Key key) -> all.remove(key);
            }
        }
    }
}
