package io.waypost.api.pool;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.kept.RecordText;
import io.waypost.api.kept.Shelf;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.outbound.port.SourceAddressChanges;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The source addresses of the server's file, with what was changed about them since: their pool and how warm they are. Safe for all
 * threads.
 */
final class AddressBook implements SourceAddressChanges {

    private static final String KIND = "dedicated-ip";

    /** The addresses are the server's, not an account's. */
    private static final Scope SERVER = new Scope("server", "-");

    private final Shelf<StoredAddress> changed;
    private final List<OwnAddress> configured;
    private final Clock clock;
    private volatile Map<InetAddress, Change> all;

    private AddressBook(Shelf<StoredAddress> changed, List<OwnAddress> configured, Clock clock) {
        this.changed = changed;
        this.configured = configured.stream()
                .sorted(Comparator.comparing(it -> it.address().getHostAddress()))
                .toList();
        this.clock = clock;
        this.all = changes();
    }

    static AddressBook load(Settings settings, List<OwnAddress> configured, Clock clock) throws IOException {
        return new AddressBook(
                Shelf.load(settings, KIND, new RecordText<>(StoredAddress.class), clock), configured, clock);
    }

    /**
     * An address as it is now.
     *
     * @param percentage of its warm-up; nothing where it never had one
     */
    record Now(String ip, String pool, OptionalInt percentage) {}

    List<Now> list() {
        LocalDate today = today();
        return configured.stream().map(address -> now(address, today)).toList();
    }

    Optional<Now> find(String ip) {
        return known(ip).map(address -> now(address, today()));
    }

    private Optional<OwnAddress> known(String ip) {
        try {
            InetAddress address = InetAddress.ofLiteral(ip);
            return configured.stream()
                    .filter(it -> it.address().equals(address))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Now now(OwnAddress address, LocalDate today) {
        StoredAddress stored = stored(address);
        return new Now(
                address.address().getHostAddress(),
                stored.pool() == null ? address.pool() : stored.pool(),
                stored.warmth()
                        .map(it -> OptionalInt.of(percentage(
                                address,
                                (long) address.warmUpDays() * it.percentage() / 100
                                        + ChronoUnit.DAYS.between(it.on(), today),
                                it.percentage())))
                        .orElseGet(() -> address.warmingSince()
                                .map(from ->
                                        OptionalInt.of(percentage(address, ChronoUnit.DAYS.between(from, today), 0)))
                                .orElse(OptionalInt.empty())));
    }

    // What was said is shown, though a day of the table may be less.
    private static int percentage(OwnAddress address, long days, int least) {
        long percentage = Math.max(0, days) * 100 / Math.max(1, address.warmUpDays());
        return (int) Math.min(100, Math.max(least, percentage));
    }

    private StoredAddress stored(OwnAddress address) {
        return changed.find(SERVER, address.address().getHostAddress()).orElse(StoredAddress.NOTHING);
    }

    /** Whether there is such an address; durable when it returns, and in force for the next mail. */
    boolean move(String ip, String pool) throws ServiceException, IOException {
        return change(ip, (address, stored) -> stored.withPool(pool.equals(address.pool()) ? null : pool));
    }

    /** Whether there is such an address. */
    boolean warm(String ip, int percentage) throws ServiceException, IOException {
        return change(ip, (_, stored) -> stored.withWarmth(percentage, today()));
    }

    /** The addresses of a pool that is no more go where the file has them. */
    void bringHome(String pool) throws ServiceException, IOException {
        for (OwnAddress address : configured) {
            if (pool.equals(stored(address).pool())) {
                move(address.address().getHostAddress(), address.pool());
            }
        }
    }

    private interface Edit {
        StoredAddress of(OwnAddress address, StoredAddress stored);
    }

    private boolean change(String ip, Edit edit) throws ServiceException, IOException {
        Optional<OwnAddress> address = known(ip);
        if (address.isEmpty()) {
            return false;
        }
        Optional<StoredAddress> unused =
                changed.change(SERVER, address.get().address().getHostAddress(), before -> Optional.of(
                                edit.of(address.get(), before.orElse(StoredAddress.NOTHING)))
                        .filter(after -> !after.equals(StoredAddress.NOTHING)));
        synchronized (this) {
            all = changes();
        }
        return true;
    }

    private Map<InetAddress, Change> changes() {
        Map<InetAddress, Change> changes = new HashMap<>();
        for (OwnAddress address : configured) {
            StoredAddress stored = stored(address);
            if (!stored.equals(StoredAddress.NOTHING)) {
                changes.put(address.address(), stored.change());
            }
        }
        return Map.copyOf(changes);
    }

    @Override
    public Map<InetAddress, Change> all() {
        return all;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
