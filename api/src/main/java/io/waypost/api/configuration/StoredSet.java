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
        return new StoredSet(
                name,
                it,
                deliveryOptions,
                reputationMetricsEnabled,
                lastFreshStart,
                sendingEnabled,
                suppressionOptions,
                vdmOptions,
                archivingOptions,
                tags,
                destinations);
    }

    public StoredSet withDelivery(Options.@Nullable Delivery it) {
        return new StoredSet(
                name,
                trackingOptions,
                it,
                reputationMetricsEnabled,
                lastFreshStart,
                sendingEnabled,
                suppressionOptions,
                vdmOptions,
                archivingOptions,
                tags,
                destinations);
    }

    public StoredSet withReputationMetrics(boolean it) {
        return new StoredSet(
                name,
                trackingOptions,
                deliveryOptions,
                it,
                lastFreshStart,
                sendingEnabled,
                suppressionOptions,
                vdmOptions,
                archivingOptions,
                tags,
                destinations);
    }

    /** @param freshStart when it was switched on */
    public StoredSet withSending(boolean it, @Nullable String freshStart) {
        return new StoredSet(
                name,
                trackingOptions,
                deliveryOptions,
                reputationMetricsEnabled,
                freshStart,
                it,
                suppressionOptions,
                vdmOptions,
                archivingOptions,
                tags,
                destinations);
    }

    public StoredSet withSuppression(Options.@Nullable Suppression it) {
        return new StoredSet(
                name,
                trackingOptions,
                deliveryOptions,
                reputationMetricsEnabled,
                lastFreshStart,
                sendingEnabled,
                it,
                vdmOptions,
                archivingOptions,
                tags,
                destinations);
    }

    public StoredSet withVdm(Options.@Nullable Vdm it) {
        return new StoredSet(
                name,
                trackingOptions,
                deliveryOptions,
                reputationMetricsEnabled,
                lastFreshStart,
                sendingEnabled,
                suppressionOptions,
                it,
                archivingOptions,
                tags,
                destinations);
    }

    public StoredSet withArchiving(Options.@Nullable Archiving it) {
        return new StoredSet(
                name,
                trackingOptions,
                deliveryOptions,
                reputationMetricsEnabled,
                lastFreshStart,
                sendingEnabled,
                suppressionOptions,
                vdmOptions,
                it,
                tags,
                destinations);
    }

    public StoredSet withTags(SortedMap<String, String> it) {
        return new StoredSet(
                name,
                trackingOptions,
                deliveryOptions,
                reputationMetricsEnabled,
                lastFreshStart,
                sendingEnabled,
                suppressionOptions,
                vdmOptions,
                archivingOptions,
                it,
                destinations);
    }

    public StoredSet withDestinations(List<EventDestination> it) {
        return new StoredSet(
                name,
                trackingOptions,
                deliveryOptions,
                reputationMetricsEnabled,
                lastFreshStart,
                sendingEnabled,
                suppressionOptions,
                vdmOptions,
                archivingOptions,
                tags,
                it);
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
