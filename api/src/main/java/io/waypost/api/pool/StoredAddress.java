package io.waypost.api.pool;

import io.waypost.outbound.port.SourceAddressChanges.Change;
import io.waypost.outbound.port.SourceAddressChanges.Warmth;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is not as the server's file has it about one of its addresses, as it is kept.
 *
 * @param pool another one
 * @param percentage of its warm-up
 * @param on the day of that percentage; there with it
 */
record StoredAddress(
        @Nullable String pool,
        @Nullable Integer percentage,
        @Nullable String on) {

    static final StoredAddress NOTHING = new StoredAddress(null, null, null);

    StoredAddress withPool(@Nullable String it) {
        return new StoredAddress(it, percentage, on);
    }

    StoredAddress withWarmth(int it, LocalDate day) {
        return new StoredAddress(pool, it, day.toString());
    }

    Optional<Warmth> warmth() {
        return percentage == null || on == null
                ? Optional.empty()
                : Optional.of(new Warmth(percentage, LocalDate.parse(on)));
    }

    Change change() {
        return new Change(Optional.ofNullable(pool), warmth());
    }
}
