package io.waypost.outbound.account;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A clock that is told, and settings in memory that may refuse. */
final class Means extends Clock implements Settings {

    static final Scope HERE = new Scope("123456789012", "us-east-1");
    static final Scope THERE = new Scope("123456789012", "eu-west-1");

    private final Map<Key, Setting> all = new ConcurrentHashMap<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    boolean broken;
    int writes;

    void forward(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Optional<Setting> find(Key key) {
        return Optional.ofNullable(all.get(key));
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
    public void apply(List<Change> changes, Instant at) throws IOException {
        if (broken) {
            throw new IOException("the disk is full");
        }
        for (Change change : changes) {
            writes++;
            switch (change) {
                case Change.Put(Key key, String text) -> all.put(key, new Setting(key, text, at));
                case Change.Remove(Key key) -> all.remove(key);
            }
        }
    }
}
