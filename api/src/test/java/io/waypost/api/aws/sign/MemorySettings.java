package io.waypost.api.aws.sign;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Settings that end with the test, and count questions for one of them. */
final class MemorySettings implements Settings {

    private final Map<String, Setting> all = new ConcurrentSkipListMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    private static String address(Key key) {
        return key.scope() + " " + key.kind() + " " + key.name();
    }

    int asked() {
        return asked.get();
    }

    List<String> texts() {
        return all.values().stream().map(Setting::text).toList();
    }

    @Override
    public Optional<Setting> find(Key key) {
        asked.incrementAndGet();
        return Optional.ofNullable(all.get(address(key)));
    }

    @Override
    public List<Setting> list(Scope scope, String kind) {
        return list(kind).stream()
                .filter(setting -> setting.key().scope().equals(scope))
                .toList();
    }

    @Override
    public List<Setting> list(String kind) {
        return all.values().stream()
                .filter(setting -> setting.key().kind().equals(kind))
                .toList();
    }

    @Override
    public void apply(List<Change> changes, Instant at) {
        for (Change change : changes) {
            switch (change) {
                case Change.Put(Key key, String text) -> all.put(address(key), new Setting(key, text, at));
                case Change.Remove(Key key) -> all.remove(address(key));
            }
        }
    }
}
