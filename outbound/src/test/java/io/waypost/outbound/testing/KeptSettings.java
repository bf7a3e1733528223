package io.waypost.outbound.testing;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that live as long as the object, and count how often they are written. */
public final class KeptSettings implements Settings {

    private final Map<Key, Setting> all = new HashMap<>();
    private int writings;
    private boolean broken;

    public int writings() {
        return writings;
    }

    /** From now on nothing can be changed, or again. */
    public void broken(boolean now) {
        broken = now;
    }

    @Override
    public Optional<Setting> find(Key key) {
        return Optional.ofNullable(all.get(key));
    }

    @Override
    public List<Setting> list(Scope scope, String kind) {
        throw new UnsupportedOperationException("nobody asks for this");
    }

    @Override
    public List<Setting> list(String kind) {
        throw new UnsupportedOperationException("nobody asks for this");
    }

    @Override
    public void apply(List<Change> changes, Instant at) throws IOException {
        if (broken) {
            throw new IOException("the disk is full");
        }
        writings++;
        for (Change change : changes) {
            switch (change) {
                case Change.Put(Key key, String text) -> all.put(key, new Setting(key, text, at));
                case Change.Remove(Key key) -> all.remove(key);
            }
        }
    }
}
