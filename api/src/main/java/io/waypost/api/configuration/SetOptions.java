package io.waypost.api.configuration;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes the options of configuration sets: what the operations of both APIs have in common. Safe for all threads. */
public final class SetOptions {

    // SES' own limits.
    private static final long SHORTEST_DELIVERY = 300;
    private static final long LONGEST_DELIVERY = 50_400;

    private final ConfigurationSetBook book;
    private final Targets targets;
    private final Clock clock;

    SetOptions(ConfigurationSetBook book, Targets targets, Clock clock) {
        this.book = book;
        this.targets = targets;
        this.clock = clock;
    }

    /** A change that needs no check. */
    public void change(Scope scope, String set, Faults faults, ConfigurationSetBook.Edit edit)
            throws ServiceException, IOException {
        book.change(scope, set, faults, edit);
    }

    public void sending(Scope scope, String set, boolean enabled, Faults faults) throws ServiceException, IOException {
        book.change(
                scope,
                set,
                faults,
                before -> enabled == before.sendingEnabled()
                        ? before
                        : before.withSending(enabled, enabled ? clock.instant().toString() : before.lastFreshStart()));
    }

    public void delivery(Scope scope, String set, Options.Delivery wanted) throws ServiceException, IOException {
        Options.Delivery checked = checked(scope, wanted);
        book.change(scope, set, Faults.V2, before -> before.withDelivery(checked));
    }

    /** @throws ServiceException when it cannot be kept to */
    public Options.Delivery checked(Scope scope, Options.Delivery wanted) throws ServiceException {
        String pool = wanted.sendingPoolName();
        if (pool != null && pool.isBlank()) {
            throw Faults.V2.bad("sendingPoolName can't be blank.");
        }
        if (pool != null && !targets.poolExists(scope, pool)) {
            throw Faults.V2.bad("SendingPool <" + pool + "> doesn't exist");
        }
        Long seconds = wanted.maxDeliverySeconds();
        if (seconds != null && (seconds < SHORTEST_DELIVERY || seconds > LONGEST_DELIVERY)) {
            throw Faults.V2.bad(
                    "MaxDeliverySeconds must be between " + SHORTEST_DELIVERY + " and " + LONGEST_DELIVERY + ".");
        }
        return wanted;
    }

    /** Sets or, with nothing, removes the domain of links. */
    public void tracking(Scope scope, String set, Options.@Nullable Tracking wanted, Faults faults, Presence presence)
            throws ServiceException, IOException {
        Options.Tracking checked = wanted == null ? null : checked(scope, wanted, faults);
        book.change(scope, set, faults, before -> {
            presence.check(set, before.trackingOptions() != null);
            return before.withTracking(checked);
        });
    }

    /** Says what is wrong when there are tracking options already, or none yet. */
    @FunctionalInterface
    public interface Presence {
        void check(String set, boolean there) throws ServiceException;
    }

    /** @throws ServiceException when links cannot lead over the domain */
    public Options.Tracking checked(Scope scope, Options.Tracking wanted, Faults faults) throws ServiceException {
        String domain = wanted.customRedirectDomain().toLowerCase(Locale.ROOT);
        if (domain.isBlank() || !targets.isVerified(scope, domain)) {
            throw faults.badTracking("The custom redirect domain <" + wanted.customRedirectDomain()
                    + "> is not a verified domain, nor below one.");
        }
        return new Options.Tracking(
                domain, Optional.ofNullable(wanted.httpsPolicy()).orElse("OPTIONAL"));
    }
}
