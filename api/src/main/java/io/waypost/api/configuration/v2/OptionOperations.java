package io.waypost.api.configuration.v2;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.configuration.Faults;
import io.waypost.api.configuration.Options;
import io.waypost.api.configuration.SetOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a configuration set, each replaced as a whole; a switch that is left out is off, as in SES. */
public final class OptionOperations implements Operations.Family {

    private final SetOptions options;

    public OptionOperations(SetOptions options) {
        this.options = options;
    }

    /** PutConfigurationSetArchivingOptionsRequest. */
    public record PutArchiving(
            String configurationSetName, @Nullable String archiveArn) {}

    /** PutConfigurationSetDeliveryOptionsRequest. */
    public record PutDelivery(
            String configurationSetName,
            @Nullable String tlsPolicy,
            @Nullable String sendingPoolName,
            @Nullable Long maxDeliverySeconds) {}

    /** PutConfigurationSetReputationOptionsRequest. */
    public record PutReputation(
            String configurationSetName, @Nullable Boolean reputationMetricsEnabled) {}

    /** PutConfigurationSetSendingOptionsRequest. */
    public record PutSending(
            String configurationSetName, @Nullable Boolean sendingEnabled) {}

    /** PutConfigurationSetSuppressionOptionsRequest. */
    public record PutSuppression(
            String configurationSetName,
            @Nullable List<String> suppressedReasons,
            Options.@Nullable Validation validationOptions) {}

    /** PutConfigurationSetTrackingOptionsRequest. */
    public record PutTracking(
            String configurationSetName,
            @Nullable String customRedirectDomain,
            @Nullable String httpsPolicy) {}

    /** PutConfigurationSetVdmOptionsRequest. */
    public record PutVdm(String configurationSetName, Options.@Nullable Vdm vdmOptions) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(
                        Api.SESV2,
                        "PutConfigurationSetArchivingOptions",
                        PutArchiving.class,
                        Nothing.class,
                        this::archiving)
                .add(Api.SESV2, "PutConfigurationSetDeliveryOptions", PutDelivery.class, Nothing.class, this::delivery)
                .add(
                        Api.SESV2,
                        "PutConfigurationSetReputationOptions",
                        PutReputation.class,
                        Nothing.class,
                        this::reputation)
                .add(Api.SESV2, "PutConfigurationSetSendingOptions", PutSending.class, Nothing.class, this::sending)
                .add(
                        Api.SESV2,
                        "PutConfigurationSetSuppressionOptions",
                        PutSuppression.class,
                        Nothing.class,
                        this::suppression)
                .add(Api.SESV2, "PutConfigurationSetTrackingOptions", PutTracking.class, Nothing.class, this::tracking)
                .add(Api.SESV2, "PutConfigurationSetVdmOptions", PutVdm.class, Nothing.class, this::vdm);
    }

    private Nothing archiving(Caller caller, PutArchiving input) throws ServiceException, IOException {
        Options.Archiving wanted = input.archiveArn == null ? null : new Options.Archiving(input.archiveArn);
        options.change(caller.scope(), input.configurationSetName, Faults.V2, before -> before.withArchiving(wanted));
        return new Nothing();
    }

    private Nothing delivery(Caller caller, PutDelivery input) throws ServiceException, IOException {
        options.delivery(
                caller.scope(),
                input.configurationSetName,
                new Options.Delivery(input.tlsPolicy, input.sendingPoolName, input.maxDeliverySeconds));
        return new Nothing();
    }

    private Nothing reputation(Caller caller, PutReputation input) throws ServiceException, IOException {
        options.change(
                caller.scope(),
                input.configurationSetName,
                Faults.V2,
                before -> before.withReputationMetrics(Boolean.TRUE.equals(input.reputationMetricsEnabled)));
        return new Nothing();
    }

    private Nothing sending(Caller caller, PutSending input) throws ServiceException, IOException {
        options.sending(
                caller.scope(), input.configurationSetName, Boolean.TRUE.equals(input.sendingEnabled), Faults.V2);
        return new Nothing();
    }

    private Nothing suppression(Caller caller, PutSuppression input) throws ServiceException, IOException {
        Options.Suppression wanted = new Options.Suppression(input.suppressedReasons, input.validationOptions);
        options.change(caller.scope(), input.configurationSetName, Faults.V2, before -> before.withSuppression(wanted));
        return new Nothing();
    }

    private Nothing tracking(Caller caller, PutTracking input) throws ServiceException, IOException {
        Options.Tracking wanted = input.customRedirectDomain == null
                ? null
                : new Options.Tracking(input.customRedirectDomain, input.httpsPolicy);
        options.tracking(caller.scope(), input.configurationSetName, wanted, Faults.V2, (_, _) -> {});
        return new Nothing();
    }

    private Nothing vdm(Caller caller, PutVdm input) throws ServiceException, IOException {
        options.change(
                caller.scope(), input.configurationSetName, Faults.V2, before -> before.withVdm(input.vdmOptions));
        return new Nothing();
    }
}
