package io.waypost.api.configuration.v1;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.configuration.ConfigurationSetBook;
import io.waypost.api.configuration.Faults;
import io.waypost.api.configuration.Options;
import io.waypost.api.configuration.SetOptions;
import io.waypost.api.configuration.StoredSet;
import io.waypost.api.kept.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configuration sets are made, shown, listed, switched and removed. */
public final class SetOperations implements Operations.Family {

    private static final int MOST_ITEMS = 1_000;

    private final ConfigurationSetBook book;
    private final SetOptions options;

    public SetOperations(ConfigurationSetBook book, SetOptions options) {
        this.book = book;
        this.options = options;
    }

    /** ConfigurationSet. */
    public record Named(String name) {}

    /** CreateConfigurationSetRequest. */
    public record Create(Named configurationSet) {}

    /** DeleteConfigurationSetRequest. */
    public record Delete(String configurationSetName) {}

    /** DescribeConfigurationSetRequest. */
    public record Describe(
            String configurationSetName, @Nullable List<String> configurationSetAttributeNames) {}

    /** DeliveryOptions. */
    public record Delivery(@Nullable String tlsPolicy) {}

    /** ReputationOptions. */
    public record Reputation(
            boolean sendingEnabled,
            boolean reputationMetricsEnabled,
            @Nullable Instant lastFreshStart) {}

    /** TrackingOptions. */
    public record Tracking(@Nullable String customRedirectDomain) {}

    /** DescribeConfigurationSetResponse. */
    public record Described(
            Named configurationSet,
            @Nullable List<Destination> eventDestinations,
            @Nullable Tracking trackingOptions,
            @Nullable Delivery deliveryOptions,
            @Nullable Reputation reputationOptions) {}

    /** ListConfigurationSetsRequest. */
    public record ListRequest(
            @Nullable String nextToken, @Nullable Integer maxItems) {}

    /** ListConfigurationSetsResponse. */
    public record Listed(
            List<Named> configurationSets, @Nullable String nextToken) {}

    /** PutConfigurationSetDeliveryOptionsRequest. */
    public record PutDelivery(
            String configurationSetName, @Nullable Delivery deliveryOptions) {}

    /** UpdateConfigurationSetReputationMetricsEnabledRequest, UpdateConfigurationSetSendingEnabledRequest. */
    public record Switch(String configurationSetName, boolean enabled) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateConfigurationSet", Create.class, Nothing.class, this::create)
                .add(Api.SES, "DeleteConfigurationSet", Delete.class, Nothing.class, this::delete)
                .add(Api.SES, "DescribeConfigurationSet", Describe.class, Described.class, this::describe)
                .add(Api.SES, "ListConfigurationSets", ListRequest.class, Listed.class, this::list)
                .add(Api.SES, "PutConfigurationSetDeliveryOptions", PutDelivery.class, Nothing.class, this::delivery)
                .add(
                        Api.SES,
                        "UpdateConfigurationSetReputationMetricsEnabled",
                        Switch.class,
                        Nothing.class,
                        this::reputation)
                .add(Api.SES, "UpdateConfigurationSetSendingEnabled", Switch.class, Nothing.class, this::sending);
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        book.create(caller.scope(), StoredSet.named(input.configurationSet.name), Faults.V1);
        return new Nothing();
    }

    private Nothing delete(Caller caller, Delete input) throws ServiceException, IOException {
        book.delete(caller.scope(), input.configurationSetName, Faults.V1);
        return new Nothing();
    }

    private Described describe(Caller caller, Describe input) throws ServiceException {
        StoredSet set = book.stored(caller.scope(), input.configurationSetName)
                .orElseThrow(() -> Faults.V1.noSet(input.configurationSetName));
        List<String> shown =
                input.configurationSetAttributeNames == null ? List.of() : input.configurationSetAttributeNames;
        return new Described(
                new Named(set.name()),
                shown.contains("eventDestinations") ? Destination.all(set) : null,
                shown.contains("trackingOptions") ? tracking(set) : null,
                shown.contains("deliveryOptions") ? delivery(set) : null,
                shown.contains("reputationOptions") ? reputation(set) : null);
    }

    private static @Nullable Tracking tracking(StoredSet set) {
        return set.trackingOptions() == null
                ? null
                : new Tracking(set.trackingOptions().customRedirectDomain());
    }

    private static Delivery delivery(StoredSet set) {
        boolean required = set.deliveryOptions() != null
                && "REQUIRE".equals(set.deliveryOptions().tlsPolicy());
        return new Delivery(required ? "Require" : "Optional");
    }

    private static Reputation reputation(StoredSet set) {
        return new Reputation(
                set.sendingEnabled(),
                set.reputationMetricsEnabled(),
                Optional.ofNullable(set.lastFreshStart()).map(Instant::parse).orElse(null));
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException {
        String after = Page.after(caller.scope(), input.nextToken);
        int size = Page.size("MaxItems", input.maxItems, MOST_ITEMS, MOST_ITEMS);
        Page<StoredSet> page = Page.of(caller.scope(), book.list(caller.scope(), after), size, StoredSet::name);
        return new Listed(
                page.items().stream().map(set -> new Named(set.name())).toList(), page.nextToken());
    }

    private Nothing delivery(Caller caller, PutDelivery input) throws ServiceException, IOException {
        boolean required = input.deliveryOptions != null && "Require".equals(input.deliveryOptions.tlsPolicy);
        options.change(caller.scope(), input.configurationSetName, Faults.V1, before -> {
            Options.Delivery there = before.deliveryOptions();
            return before.withDelivery(new Options.Delivery(
                    required ? "REQUIRE" : "OPTIONAL",
                    there == null ? null : there.sendingPoolName(),
                    there == null ? null : there.maxDeliverySeconds()));
        });
        return new Nothing();
    }

    private Nothing reputation(Caller caller, Switch input) throws ServiceException, IOException {
        options.change(
                caller.scope(),
                input.configurationSetName,
                Faults.V1,
                before -> before.withReputationMetrics(input.enabled));
        return new Nothing();
    }

    private Nothing sending(Caller caller, Switch input) throws ServiceException, IOException {
        options.sending(caller.scope(), input.configurationSetName, input.enabled, Faults.V1);
        return new Nothing();
    }
}
