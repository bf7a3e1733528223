package io.waypost.api.configuration;

import io.waypost.message.Domain;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.ConfigurationSet.HttpsPolicy;
import io.waypost.outbound.port.Suppressed;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration set as it is kept.
 *
 * @param lastFreshStart when sending was last switched on again, as ISO 8601
 * @param destinations in the order in which they were made
 */
public record StoredSet(
        String name,
        Options.@Nullable Tracking trackingOptions,
        Options.@Nullable Delivery deliveryOptions,
        boolean reputationMetricsEnabled,
        @Nullable String lastFreshStart,
        boolean sendingEnabled,
        Options.@Nullable Suppression suppressionOptions,
        Options.@Nullable Vdm vdmOptions,
        Options.@Nullable Archiving archivingOptions,
        SortedMap<String, String> tags,
        List<EventDestination> destinations) {

    public StoredSet {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        destinations = List.copyOf(destinations);
    }

    /** One of which nothing is set up: mail may be sent. */
    public static StoredSet named(String name) {
        return new StoredSet(
                name, null, null, false, null, true, null, null, null, Collections.emptySortedMap(), List.of());
    }

    public StoredSet withTracking(Options.@Nullable Tracking it) {
        return edited(edit -> edit.tracking = it);
    }

    public StoredSet withDelivery(Options.@Nullable Delivery it) {
        return edited(edit -> edit.delivery = it);
    }

    public StoredSet withReputationMetrics(boolean it) {
        return edited(edit -> edit.reputationMetrics = it);
    }

    /** @param freshStart when it was switched on */
    public StoredSet withSending(boolean it, @Nullable String freshStart) {
        return edited(edit -> {
            edit.sending = it;
            edit.freshStart = freshStart;
        });
    }

    public StoredSet withSuppression(Options.@Nullable Suppression it) {
        return edited(edit -> edit.suppression = it);
    }

    public StoredSet withVdm(Options.@Nullable Vdm it) {
        return edited(edit -> edit.vdm = it);
    }

    public StoredSet withArchiving(Options.@Nullable Archiving it) {
        return edited(edit -> edit.archiving = it);
    }

    public StoredSet withTags(SortedMap<String, String> it) {
        return edited(edit -> edit.tags = it);
    }

    public StoredSet withDestinations(List<EventDestination> it) {
        return edited(edit -> edit.destinations = it);
    }

    private StoredSet edited(Consumer<Edit> change) {
        Edit edit = new Edit();
        change.accept(edit);
        return new StoredSet(
                name,
                edit.tracking,
                edit.delivery,
                edit.reputationMetrics,
                edit.freshStart,
                edit.sending,
                edit.suppression,
                edit.vdm,
                edit.archiving,
                edit.tags,
                edit.destinations);
    }

    /** What may change of the set, as it stands. */
    private final class Edit {
        private Options.@Nullable Tracking tracking = trackingOptions;
        private Options.@Nullable Delivery delivery = deliveryOptions;
        private boolean reputationMetrics = reputationMetricsEnabled;
        private @Nullable String freshStart = lastFreshStart;
        private boolean sending = sendingEnabled;
        private Options.@Nullable Suppression suppression = suppressionOptions;
        private Options.@Nullable Vdm vdm = vdmOptions;
        private Options.@Nullable Archiving archiving = archivingOptions;
        private SortedMap<String, String> tags = StoredSet.this.tags;
        private List<EventDestination> destinations = StoredSet.this.destinations;
    }

    public Optional<EventDestination> destination(String named) {
        return destinations.stream().filter(it -> it.name().equals(named)).findFirst();
    }

    private boolean tells(EventKind kind) {
        return destinations.stream().anyMatch(it -> it.wants(kind));
    }

    /** As sending sees it. */
    ConfigurationSet forSending() {
        Options.Delivery delivery = deliveryOptions == null ? Options.Delivery.NONE : deliveryOptions;
        return new ConfigurationSet(
                name,
                sendingEnabled,
                delivery.requiresTls(),
                Optional.ofNullable(delivery.sendingPoolName()),
                Optional.ofNullable(delivery.maxDeliverySeconds()).map(Duration::ofSeconds),
                reasons(),
                destinations.stream().anyMatch(it -> it.enabled() && it.cloudWatchDestination() == null),
                tells(EventKind.OPEN),
                tells(EventKind.CLICK),
                redirect());
    }

    private Optional<ConfigurationSet.Redirect> redirect() {
        if (trackingOptions == null) {
            return Optional.empty();
        }
        String policy = trackingOptions.httpsPolicy();
        return Optional.of(new ConfigurationSet.Redirect(
                new Domain(trackingOptions.customRedirectDomain()),
                policy == null ? HttpsPolicy.OPTIONAL : HttpsPolicy.valueOf(policy)));
    }

    private Optional<Set<Suppressed>> reasons() {
        if (suppressionOptions == null || suppressionOptions.suppressedReasons() == null) {
            return Optional.empty();
        }
        return Optional.of(suppressionOptions.suppressedReasons().stream()
                .map(Suppressed::valueOf)
                .collect(Collectors.toUnmodifiableSet()));
    }
}
