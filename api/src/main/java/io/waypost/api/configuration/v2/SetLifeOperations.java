package io.waypost.api.configuration.v2;

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
import io.waypost.api.identity.v2.BadRequests;
import io.waypost.api.identity.v2.Tag;
import io.waypost.api.identity.v2.Tags;
import io.waypost.api.kept.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configuration sets are made, shown, listed and removed. */
public final class SetLifeOperations implements Operations.Family {

    private static final int MOST_ITEMS = 1_000;

    private final ConfigurationSetBook book;
    private final SetOptions options;

    public SetLifeOperations(ConfigurationSetBook book, SetOptions options) {
        this.book = book;
        this.options = options;
    }

    /** ReputationOptions. */
    public record Reputation(
            @Nullable Boolean reputationMetricsEnabled,
            @Nullable Instant lastFreshStart) {}

    /** SendingOptions. */
    public record Sending(@Nullable Boolean sendingEnabled) {}

    /** CreateConfigurationSetRequest. */
    public record Create(
            String configurationSetName,
            Options.@Nullable Tracking trackingOptions,
            Options.@Nullable Delivery deliveryOptions,
            @Nullable Reputation reputationOptions,
            @Nullable Sending sendingOptions,
            @Nullable List<Tag> tags,
            Options.@Nullable Suppression suppressionOptions,
            Options.@Nullable Vdm vdmOptions,
            Options.@Nullable Archiving archivingOptions) {}

    /** GetConfigurationSetRequest, DeleteConfigurationSetRequest. */
    public record Named(String configurationSetName) {}

    /** GetConfigurationSetResponse. */
    public record Shown(
            String configurationSetName,
            Options.@Nullable Tracking trackingOptions,
            Options.@Nullable Delivery deliveryOptions,
            Reputation reputationOptions,
            Sending sendingOptions,
            List<Tag> tags,
            Options.@Nullable Suppression suppressionOptions,
            Options.@Nullable Vdm vdmOptions,
            Options.@Nullable Archiving archivingOptions) {}

    /** ListConfigurationSetsRequest. */
    public record ListRequest(
            @Nullable String nextToken, @Nullable Integer pageSize) {}

    /** ListConfigurationSetsResponse. */
    public record Listed(
            List<String> configurationSets, @Nullable String nextToken) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "CreateConfigurationSet", Create.class, Nothing.class, BadRequests.in(this::create))
                .add(Api.SESV2, "DeleteConfigurationSet", Named.class, Nothing.class, this::delete)
                .add(Api.SESV2, "GetConfigurationSet", Named.class, Shown.class, this::show)
                .add(Api.SESV2, "ListConfigurationSets", ListRequest.class, Listed.class, BadRequests.in(this::list));
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        StoredSet set = StoredSet.named(input.configurationSetName)
                .withTags(Tags.checked(input.tags == null ? List.of() : input.tags))
                .withSuppression(input.suppressionOptions)
                .withVdm(input.vdmOptions)
                .withArchiving(input.archivingOptions);
        if (input.trackingOptions != null) {
            set = set.withTracking(options.checked(caller.scope(), input.trackingOptions, Faults.V2));
        }
        if (input.deliveryOptions != null) {
            set = set.withDelivery(options.checked(caller.scope(), input.deliveryOptions));
        }
        if (input.reputationOptions != null) {
            set = set.withReputationMetrics(Boolean.TRUE.equals(input.reputationOptions.reputationMetricsEnabled));
        }
        if (input.sendingOptions != null) {
            set = set.withSending(Boolean.TRUE.equals(input.sendingOptions.sendingEnabled), null);
        }
        book.create(caller.scope(), set, Faults.V2);
        return new Nothing();
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        book.delete(caller.scope(), input.configurationSetName, Faults.V2);
        return new Nothing();
    }

    private Shown show(Caller caller, Named input) throws ServiceException {
        StoredSet set = book.stored(caller.scope(), input.configurationSetName)
                .orElseThrow(() -> Faults.V2.noSet(input.configurationSetName));
        return new Shown(
                set.name(),
                set.trackingOptions(),
                set.deliveryOptions(),
                new Reputation(
                        set.reputationMetricsEnabled(),
                        Optional.ofNullable(set.lastFreshStart())
                                .map(Instant::parse)
                                .orElse(null)),
                new Sending(set.sendingEnabled()),
                Tag.all(set.tags()),
                set.suppressionOptions(),
                set.vdmOptions(),
                set.archivingOptions());
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException {
        String after = Page.after(caller.scope(), input.nextToken);
        int size = Page.size("PageSize", input.pageSize, MOST_ITEMS, MOST_ITEMS);
        Page<StoredSet> page = Page.of(caller.scope(), book.list(caller.scope(), after), size, StoredSet::name);
        return new Listed(page.items().stream().map(StoredSet::name).toList(), page.nextToken());
    }
}
