package io.waypost.actions.webhook.http;

import io.waypost.actions.webhook.http.HttpSender.Lane;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The lanes in use, and the last ones that were: those unused for longest are closed when there are many. Safe for all threads. */
final class LanePool {

    private static final class Place {
        private final Lane lane;
        private int calls;

        Place(Lane lane) {
            this.lane = lane;
        }
    }

    private final int most;
    private final Function<HttpDestination, Lane> open;
    // In the order of their last use.
    private final Map<HttpDestination, Place> places = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most how many are kept, unless more are in use at once */
    LanePool(int most, Function<HttpDestination, Lane> open) {
        this.most = most;
        this.open = open;
    }

    /** A lane that stays open until {@link #leave}. */
    Lane enter(HttpDestination to) {
        List<Lane> spare;
        Lane lane;
        synchronized (places) {
            Place place = places.computeIfAbsent(to, key -> new Place(open.apply(key)));
            place.calls++;
            lane = place.lane;
            spare = spare();
        }
        spare.forEach(one -> one.client().close());
        return lane;
    }

    void leave(HttpDestination to) {
        synchronized (places) {
            Place place = places.get(to);
            if (place != null) {
                place.calls--;
            }
        }
    }

    int size() {
        synchronized (places) {
            return places.size();
        }
    }

    private List<Lane> spare() {
        List<Lane> spare = new ArrayList<>();
        Iterator<Place> longestUnused = places.values().iterator();
        while (places.size() > most && longestUnused.hasNext()) {
            Place place = longestUnused.next();
            if (place.calls == 0) {
                spare.add(place.lane);
                longestUnused.remove();
            }
        }
        return spare;
    }

    void close() {
        List<Place> all;
        synchronized (places) {
            all = List.copyOf(places.values());
            places.clear();
        }
        all.forEach(place -> place.lane.client().close());
    }
}
