package io.waypost.api.receiving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.match.ClientFilter;
import io.waypost.rules.match.Network;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The filters of client addresses of every account and region, in the store, in memory, and in force. Safe for all threads. */
public final class ReceiptFilters {

    static final int MOST = 100;
    static final String KIND = "receipt-filter";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final RuleBook book;
    private final Clock clock;
    /** In the order of their names; replaced as a whole, under this object's lock. */
    private final Map<Scope, List<ReceiptFilter>> filters = new ConcurrentHashMap<>();

    public ReceiptFilters(Settings settings, RuleBook book, Clock clock) {
        this.settings = settings;
        this.book = book;
        this.clock = clock;
    }

    /** Reads everything from the store and brings it into force, for the start of the server. */
    public synchronized void load() throws IOException {
        Map<Scope, List<ReceiptFilter>> found = new HashMap<>();
        for (Settings.Setting setting : settings.list(KIND)) {
            try {
                found.computeIfAbsent(setting.key().scope(), _ -> new ArrayList<>())
                        .add(JSON.readValue(setting.text(), ReceiptFilter.class));
            } catch (JsonProcessingException e) {
                throw new IOException(
                        "the stored filter " + setting.key() + " cannot be read: " + e.getOriginalMessage());
            }
        }
        found.forEach(this::put);
    }

    List<ReceiptFilter> list(Scope scope) {
        return filters.getOrDefault(scope, List.of());
    }

    synchronized void create(Scope scope, ReceiptFilter filter) throws ServiceException, IOException {
        RuleNames.checked("filterName", filter.name());
        network(filter);
        Map<String, ReceiptFilter> all = byName(scope);
        if (all.containsKey(filter.name())) {
            throw new ServiceException(
                    "AlreadyExistsException", "Filter already exists: " + filter.name(), Map.of("Name", filter.name()));
        }
        if (all.size() >= MOST) {
            throw new ServiceException("LimitExceededException", "Too many filters");
        }
        settings.apply(List.of(new Change.Put(key(scope, filter.name()), text(filter))), clock.instant());
        all.put(filter.name(), filter);
        put(scope, List.copyOf(all.values()));
    }

    /** One that is not there is deleted already. */
    synchronized void delete(Scope scope, String name) throws IOException {
        Map<String, ReceiptFilter> all = byName(scope);
        if (all.remove(name) != null) {
            settings.apply(List.of(new Change.Remove(key(scope, name))), clock.instant());
            put(scope, List.copyOf(all.values()));
        }
    }

    private Map<String, ReceiptFilter> byName(Scope scope) {
        Map<String, ReceiptFilter> all = new TreeMap<>();
        list(scope).forEach(filter -> all.put(filter.name(), filter));
        return all;
    }

    private void put(Scope scope, List<ReceiptFilter> all) {
        filters.put(scope, List.copyOf(all));
        List<Network> blocked = new ArrayList<>();
        List<Network> allowed = new ArrayList<>();
        for (ReceiptFilter filter : all) {
            (filter.ipFilter().policy().equals(ReceiptFilter.ALLOW) ? allowed : blocked)
                    .add(Network.of(filter.ipFilter().cidr()));
        }
        book.filter(scope, new ClientFilter(blocked, allowed));
    }

    private static Network network(ReceiptFilter filter) throws ServiceException {
        try {
            return Network.of(filter.ipFilter().cidr());
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter(
                    "Invalid CIDR block: " + filter.ipFilter().cidr());
        }
    }

    private static Key key(Scope scope, String name) {
        return new Key(scope, KIND, name);
    }

    private static String text(ReceiptFilter filter) {
        try {
            return JSON.writeValueAsString(filter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is always JSON", e);
        }
    }
}
