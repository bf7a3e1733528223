package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Key;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All identities, in memory for look-ups and in the store for good. Safe for all threads: look-ups never wait, changes are made one
 * after the other.
 */
public final class IdentityBook {

    /** Is told which domains an account may receive for. Called by the thread that makes a change, while no other can be made. */
    @FunctionalInterface
    public interface Listener {

        /**
         * The set has changed. Must not change identities, and must not fail.
         *
         * @param verified all verified domains of the scope, those of the server's file among them
         */
        void verifiedDomainsChanged(Scope scope, SortedSet<Domain> verified);
    }

    /** What a change makes of an identity. */
    @FunctionalInterface
    public interface Edit {

        /**
         * @param before nothing when there is none
         * @return what it becomes; nothing removes it
         */
        Optional<Identity> of(Optional<Identity> before) throws ServiceException, IOException;
    }

    private final Settings settings;
    private final Configured configured;
    private final Clock clock;
    private final Listener listener;

    private final ConcurrentMap<Scope, ConcurrentSkipListMap<IdentityName, Identity>> stored =
            new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Key> links = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    /** What may stand in the store otherwise than here; guarded by the lock. */
    private final Set<Key> doubtful = new HashSet<>();

    private IdentityBook(Settings settings, Configured configured, Clock clock, Listener listener) {
        this.settings = settings;
        this.configured = configured;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Reads all identities, and opens each private key once, so that a wrong master key is found now and not with the first mail.
     *
     * @param configured the domains of the server's file
     * @param listener hears of changes after this
     * @throws IOException when the store cannot be read, or an identity or a key in it
     */
    public static IdentityBook load(
            Settings settings, Configured configured, DkimKeys keys, Clock clock, Listener listener)
            throws IOException {
        IdentityBook book = new IdentityBook(settings, configured, clock, listener);
        for (Settings.Setting setting : settings.list(IdentityText.KIND)) {
            Identity identity = IdentityText.read(setting);
            for (DkimKey key : identity.dkim().allKeys()) {
                keys.open(identity, key);
            }
            book.index(setting.key(), Optional.of(identity));
        }
        return book;
    }

    /** The identity of that name. */
    public Optional<Identity> find(Scope scope, IdentityName name) {
        @Nullable Identity identity = map(scope).get(name);
        if (identity != null) {
            return Optional.of(identity);
        }
        return configured.names(scope, name) ? Optional.of(fromFile(scope, name)) : Optional.empty();
    }

    /** Those whose settings apply to an address, the most specific first: the address, its domain, the domains above. */
    public List<Identity> covering(Scope scope, EmailAddress address) {
        return new IdentityName(address.toString())
                .covering().stream().flatMap(name -> find(scope, name).stream()).toList();
    }

    /** Whether the account may send as the address: it, or a domain at or above its own, is verified. */
    public boolean isVerified(Scope scope, EmailAddress address) {
        return covering(scope, address).stream().anyMatch(Identity::isVerified);
    }

    /** All of a scope, in the order of their names, those of the server's file among them. */
    public List<Identity> list(Scope scope) {
        NavigableMap<IdentityName, Identity> all = new TreeMap<>();
        configured.domains(scope).forEach(name -> all.put(name, fromFile(scope, name)));
        all.putAll(map(scope));
        return List.copyOf(all.values());
    }

    /** How many there are in a scope. */
    public int count(Scope scope) {
        ConcurrentSkipListMap<IdentityName, Identity> there = map(scope);
        long more = configured.domains(scope).stream()
                .filter(name -> !there.containsKey(name))
                .count();
        return there.size() + Math.toIntExact(more);
    }

    /** The scopes in which anything is set up. */
    public Set<Scope> scopes() {
        return Set.copyOf(stored.keySet());
    }

    /** Every identity of which something is set up, in no order. */
    public List<Identity> all() {
        List<Identity> all = new ArrayList<>();
        stored.values().forEach(map -> all.addAll(map.values()));
        return all;
    }

    /** The domains that a scope may receive for, those of the server's file among them. */
    public SortedSet<Domain> verifiedDomains(Scope scope) {
        SortedSet<Domain> domains = new TreeSet<>();
        for (Identity identity : list(scope)) {
            if (receives(Optional.of(identity))) {
                domains.add(identity.name().domain());
            }
        }
        return domains;
    }

    /** Whose link has this token, if it was the last one that was sent. */
    public Optional<Identity> byLink(String token) {
        return Optional.ofNullable(links.get(Tokens.digest(token)))
                .flatMap(key -> find(key.scope(), new IdentityName(key.name())));
    }

    /**
     * Changes one identity; durable when it returns. Edits that change nothing write nothing.
     *
     * @return what it became
     * @throws ServiceException from the edit
     * @throws IOException when the store cannot take it now
     */
    public Optional<Identity> change(Scope scope, IdentityName name, Edit edit) throws ServiceException, IOException {
        changing.lock();
        try {
            settleDoubts();
            Optional<Identity> before = find(scope, name);
            Optional<Identity> after = edit.of(before).map(identity -> marked(scope, identity));
            if (!after.equals(before)) {
                write(new Key(scope, IdentityText.KIND, name.text()), before, after);
            }
            return after;
        } finally {
            changing.unlock();
        }
    }

    private void write(Key key, Optional<Identity> before, Optional<Identity> after) throws IOException {
        Settings.Change change = after.<Settings.Change>map(
                        identity -> new Settings.Change.Put(key, IdentityText.write(identity)))
                .orElseGet(() -> new Settings.Change.Remove(key));
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
        replace(key, before, after);
    }

    private void settleDoubts() throws IOException {
        for (Key key : List.copyOf(doubtful)) {
            Optional<Settings.Setting> there = settings.find(key);
            Optional<Identity> truth =
                    there.isPresent() ? Optional.of(IdentityText.read(there.get())) : Optional.empty();
            replace(key, find(key.scope(), new IdentityName(key.name())), truth);
            doubtful.remove(key);
        }
    }

    private void replace(Key key, Optional<Identity> before, Optional<Identity> after) {
        index(key, after);
        Optional<Identity> now = find(key.scope(), new IdentityName(key.name()));
        if (receives(before) != receives(now)) {
            listener.verifiedDomainsChanged(key.scope(), verifiedDomains(key.scope()));
        }
    }

    private void index(Key key, Optional<Identity> identity) {
        IdentityName name = new IdentityName(key.name());
        @Nullable Identity old = map(key.scope()).get(name);
        if (old != null) {
            old.ownership().confirmation().ifPresent(sent -> links.remove(sent.tokenDigest()));
        }
        if (identity.isEmpty()) {
            map(key.scope()).remove(name);
            return;
        }
        stored.computeIfAbsent(key.scope(), _ -> new ConcurrentSkipListMap<>())
                .put(name, marked(key.scope(), identity.get()));
        identity.get().ownership().confirmation().ifPresent(sent -> links.put(sent.tokenDigest(), key));
    }

    private static boolean receives(Optional<Identity> identity) {
        return identity.isPresent()
                && !identity.get().name().isAddress()
                && identity.get().isVerified();
    }

    private Identity marked(Scope scope, Identity identity) {
        return identity.withConfigured(configured.names(scope, identity.name()));
    }

    private static Identity fromFile(Scope scope, IdentityName name) {
        return Identity.fresh(scope, name, Instant.EPOCH).withConfigured(true);
    }

    private ConcurrentSkipListMap<IdentityName, Identity> map(Scope scope) {
        return stored.getOrDefault(scope, new ConcurrentSkipListMap<>());
    }
}
