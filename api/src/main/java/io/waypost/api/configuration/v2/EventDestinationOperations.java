package io.waypost.api.configuration.v2;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.configuration.ConfigurationSetBook;
import io.waypost.api.configuration.Destinations;
import io.waypost.api.configuration.EventDestination;
import io.waypost.api.configuration.Faults;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who hears of a configuration set's mail. */
public final class EventDestinationOperations implements Operations.Family {

    private final ConfigurationSetBook book;
    private final Destinations destinations;

    public EventDestinationOperations(ConfigurationSetBook book, Destinations destinations) {
        this.book = book;
        this.destinations = destinations;
    }

    /** PinpointDestination. */
    public record Pinpoint(@Nullable String applicationArn) {}

    /** EventDestinationDefinition. */
    public record Definition(
            @Nullable Boolean enabled,
            @Nullable List<String> matchingEventTypes,
            EventDestination.@Nullable Firehose kinesisFirehoseDestination,
            EventDestination.@Nullable CloudWatch cloudWatchDestination,
            EventDestination.@Nullable Sns snsDestination,
            EventDestination.@Nullable EventBridge eventBridgeDestination,
            @Nullable Pinpoint pinpointDestination) {

        EventDestination named(String name) throws ServiceException {
            if (pinpointDestination != null) {
                throw Faults.V2.bad("There is no Pinpoint here; use another kind of event destination.");
            }
            return new EventDestination(
                    name,
                    Boolean.TRUE.equals(enabled),
                    matchingEventTypes == null ? List.of() : matchingEventTypes,
                    kinesisFirehoseDestination,
                    cloudWatchDestination,
                    snsDestination,
                    eventBridgeDestination);
        }
    }

    /** CreateConfigurationSetEventDestinationRequest, UpdateConfigurationSetEventDestinationRequest. */
    public record Put(String configurationSetName, String eventDestinationName, Definition eventDestination) {}

    /** DeleteConfigurationSetEventDestinationRequest. */
    public record Delete(String configurationSetName, String eventDestinationName) {}

    /** GetConfigurationSetEventDestinationsRequest. */
    public record Get(String configurationSetName) {}

    /** GetConfigurationSetEventDestinationsResponse. */
    public record Got(List<EventDestination> eventDestinations) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "CreateConfigurationSetEventDestination", Put.class, Nothing.class, this::create)
                .add(Api.SESV2, "UpdateConfigurationSetEventDestination", Put.class, Nothing.class, this::update)
                .add(Api.SESV2, "DeleteConfigurationSetEventDestination", Delete.class, Nothing.class, this::delete)
                .add(Api.SESV2, "GetConfigurationSetEventDestinations", Get.class, Got.class, this::get);
    }

    private Nothing create(Caller caller, Put input) throws ServiceException, IOException {
        destinations.create(
                caller.scope(),
                input.configurationSetName,
                input.eventDestination.named(input.eventDestinationName),
                Faults.V2);
        return new Nothing();
    }

    private Nothing update(Caller caller, Put input) throws ServiceException, IOException {
        destinations.update(
                caller.scope(),
                input.configurationSetName,
                input.eventDestination.named(input.eventDestinationName),
                Faults.V2);
        return new Nothing();
    }

    private Nothing delete(Caller caller, Delete input) throws ServiceException, IOException {
        destinations.delete(caller.scope(), input.configurationSetName, input.eventDestinationName, Faults.V2);
        return new Nothing();
    }

    private Got get(Caller caller, Get input) throws ServiceException {
        return new Got(book.stored(caller.scope(), input.configurationSetName)
                .orElseThrow(() -> Faults.V2.noSet(input.configurationSetName))
                .destinations());
    }
}
