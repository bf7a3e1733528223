package io.waypost.api.configuration.v1;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.configuration.Destinations;
import io.waypost.api.configuration.Faults;
import java.io.IOException;

/** Who hears of a configuration set's mail. */
public final class DestinationOperations implements Operations.Family {

    private final Destinations destinations;

    public DestinationOperations(Destinations destinations) {
        this.destinations = destinations;
    }

    /** CreateConfigurationSetEventDestinationRequest, UpdateConfigurationSetEventDestinationRequest. */
    public record Put(String configurationSetName, Destination eventDestination) {}

    /** DeleteConfigurationSetEventDestinationRequest. */
    public record Delete(String configurationSetName, String eventDestinationName) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateConfigurationSetEventDestination", Put.class, Nothing.class, this::create)
                .add(Api.SES, "UpdateConfigurationSetEventDestination", Put.class, Nothing.class, this::update)
                .add(Api.SES, "DeleteConfigurationSetEventDestination", Delete.class, Nothing.class, this::delete);
    }

    private Nothing create(Caller caller, Put input) throws ServiceException, IOException {
        destinations.create(caller.scope(), input.configurationSetName, input.eventDestination.kept(), Faults.V1);
        return new Nothing();
    }

    private Nothing update(Caller caller, Put input) throws ServiceException, IOException {
        destinations.update(caller.scope(), input.configurationSetName, input.eventDestination.kept(), Faults.V1);
        return new Nothing();
    }

    private Nothing delete(Caller caller, Delete input) throws ServiceException, IOException {
        destinations.delete(caller.scope(), input.configurationSetName, input.eventDestinationName, Faults.V1);
        return new Nothing();
    }
}
