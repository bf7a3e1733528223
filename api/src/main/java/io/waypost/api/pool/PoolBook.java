package io.waypost.api.pool;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentitySettings.TagEdit;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.api.kept.RecordText;
import io.waypost.api.kept.Shelf;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.outbound.port.SourceAddressChanges;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All pools: those of the server's file, which are everybody's, and those made by API calls. Addresses are those of the file; the
 * server's owner may move them. Safe for all threads.
 */
public final class PoolBook implements Taggable {

    static final String KIND = "dedicated-ip-pool";

    private final Shelf<StoredPool> made;
    private final SortedSet<String> configured;
    private final AddressBook addresses;
    private final String owner;

    private PoolBook(Shelf<StoredPool> made, Collection<String> configured, AddressBook addresses, String owner) {
        this.made = made;
        this.configured = Collections.unmodifiableSortedSet(new TreeSet<>(configured));
        this.addresses = addresses;
        this.owner = owner;
    }

    /**
     * @param configured names of the file's pools
     * @param own the addresses in them
     * @param owner the account that may move and warm them
     * @throws IOException when the store cannot be read, or something in it
     */
    public static PoolBook load(
            Settings settings, Collection<String> configured, List<OwnAddress> own, String owner, Clock clock)
            throws IOException {
        return new PoolBook(
                Shelf.load(settings, KIND, new RecordText<>(StoredPool.class), clock),
                configured,
                AddressBook.load(settings, own, clock),
                owner);
    }

    public boolean exists(Scope scope, String name) {
        return configured.contains(name) || made.find(scope, name).isPresent();
    }

    /** What delivery must know of the addresses. */
    public SourceAddressChanges changes() {
        return addresses;
    }

    @Override
    public String kind() {
        return "dedicated-ip-pool";
    }

    @Override
    public void tags(Scope scope, String name, TagEdit edit) throws ServiceException, IOException {
        if (configured.contains(name)) {
            SortedMap<String, String> none = new TreeMap<>();
            edit.on(none);
            if (!none.isEmpty()) {
                throw PoolFaults.configured(name);
            }
            return;
        }
        Optional<StoredPool> unused = made.change(scope, name, before -> {
            StoredPool pool = before.orElseThrow(() -> PoolFaults.noPool(name));
            SortedMap<String, String> tags = new TreeMap<>(pool.tags());
            edit.on(tags);
            return Optional.of(new StoredPool(pool.name(), pool.scalingMode(), tags));
        });
    }

    Shelf<StoredPool> made() {
        return made;
    }

    SortedSet<String> configured() {
        return configured;
    }

    AddressBook addresses() {
        return addresses;
    }

    boolean isOwner(Scope scope) {
        return scope.account().equals(owner);
    }
}
