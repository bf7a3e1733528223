package io.waypost.api.configuration.v1;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.configuration.Faults;
import io.waypost.api.configuration.Options;
import io.waypost.api.configuration.SetOptions;
import io.waypost.api.configuration.v1.SetOperations.Tracking;
import java.io.IOException;
import java.util.Map;

/** Over which domain tracked links lead. */
public final class TrackingOperations implements Operations.Family {

    private final SetOptions options;

    public TrackingOperations(SetOptions options) {
        this.options = options;
    }

    /** CreateConfigurationSetTrackingOptionsRequest, UpdateConfigurationSetTrackingOptionsRequest. */
    public record Put(String configurationSetName, Tracking trackingOptions) {}

    /** DeleteConfigurationSetTrackingOptionsRequest. */
    public record Delete(String configurationSetName) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateConfigurationSetTrackingOptions", Put.class, Nothing.class, this::create)
                .add(Api.SES, "UpdateConfigurationSetTrackingOptions", Put.class, Nothing.class, this::update)
                .add(Api.SES, "DeleteConfigurationSetTrackingOptions", Delete.class, Nothing.class, this::delete);
    }

    private Nothing create(Caller caller, Put input) throws ServiceException, IOException {
        options.tracking(
                caller.scope(), input.configurationSetName, wanted(input), Faults.V1, TrackingOperations::mustBeAbsent);
        return new Nothing();
    }

    private Nothing update(Caller caller, Put input) throws ServiceException, IOException {
        options.tracking(
                caller.scope(), input.configurationSetName, wanted(input), Faults.V1, TrackingOperations::mustBeThere);
        return new Nothing();
    }

    private Nothing delete(Caller caller, Delete input) throws ServiceException, IOException {
        options.tracking(caller.scope(), input.configurationSetName, null, Faults.V1, TrackingOperations::mustBeThere);
        return new Nothing();
    }

    private static Options.Tracking wanted(Put input) {
        String domain = input.trackingOptions.customRedirectDomain();
        return new Options.Tracking(domain == null ? "" : domain, null);
    }

    private static void mustBeAbsent(String set, boolean there) throws ServiceException {
        if (there) {
            throw new ServiceException(
                    "TrackingOptionsAlreadyExistsException",
                    "Configuration set <" + set + "> already has tracking options.",
                    Map.of("ConfigurationSetName", set));
        }
    }

    private static void mustBeThere(String set, boolean there) throws ServiceException {
        if (!there) {
            throw new ServiceException(
                    "TrackingOptionsDoesNotExistException",
                    "Configuration set <" + set + "> has no tracking options.",
                    Map.of("ConfigurationSetName", set));
        }
    }
}
