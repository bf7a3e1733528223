package io.waypost.rules.book;

import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.RuleSetArchive;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps texts in memory, and can be broken. */
public final class MemoryArchive implements RuleSetArchive {

    private final Map<RuleSetVersion, String> texts = new HashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();
    private volatile boolean broken;
    private int reads;

    public void broken(boolean value) {
        broken = value;
    }

    synchronized int reads() {
        return reads;
    }

    @Override
    public synchronized RuleSetVersion publish(String name, String text, Instant at) throws IOException {
        if (broken) {
            throw new IOException("the disk is gone");
        }
        int version = newest.getOrDefault(name, 0);
        if (!text.equals(texts.get(new RuleSetVersion(name, version)))) {
            version++;
        }
        newest.put(name, version);
        RuleSetVersion published = new RuleSetVersion(name, version);
        texts.put(published, text);
        return published;
    }

    @Override
    public synchronized int forget(int keep, Set<RuleSetVersion> active) throws IOException {
        if (broken) {
            throw new IOException("the disk is gone");
        }
        int before = texts.size();
        texts.keySet()
                .removeIf(version -> !active.contains(version)
                        && version.version() <= newest.getOrDefault(version.name(), 0) - keep);
        return before - texts.size();
    }

    @Override
    public synchronized Optional<String> text(RuleSetVersion version) {
        reads++;
        return Optional.ofNullable(texts.get(version));
    }
}
