package io.waypost.actions.notification;

import io.waypost.message.EffectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which subscribers have an effect's notification already, while others do not yet, so that a retry goes only to those.
 * In memory and bounded: what is forgotten is sent again with the same id.
 */
final class Delivered {

    private static final int MOST = 10_000;

    private final Map<EffectKey, Set<String>> partly = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EffectKey, Set<String>> eldest) {
            return size() > MOST;
        }
    };

    synchronized Set<String> of(EffectKey effect) {
        Set<String> subscribers = partly.get(effect);
        return subscribers == null ? Set.of() : Set.copyOf(subscribers);
    }

    synchronized void remember(EffectKey effect, Set<String> subscribers) {
        partly.computeIfAbsent(effect, key -> ConcurrentHashMap.newKeySet()).addAll(subscribers);
    }

    synchronized void forget(EffectKey effect) {
        partly.remove(effect);
    }
}
