package io.waypost.api.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a configuration set, in the form that the API of 2019 has for them; the store keeps them so, too. */
public final class Options {

    private Options() {}

    /** TrackingOptions. */
    public record Tracking(
            String customRedirectDomain, @Nullable String httpsPolicy) {}

    /** DeliveryOptions. */
    public record Delivery(
            @Nullable String tlsPolicy,
            @Nullable String sendingPoolName,
            @Nullable Long maxDeliverySeconds) {

        static final Delivery NONE = new Delivery(null, null, null);

        boolean requiresTls() {
            return "REQUIRE".equals(tlsPolicy);
        }
    }

    /** SuppressionOptions; without reasons those of the account count. */
    public record Suppression(
            @Nullable List<String> suppressedReasons,
            @Nullable Validation validationOptions) {}

    /** SuppressionValidationOptions. */
    public record Validation(ConditionThreshold conditionThreshold) {}

    /** SuppressionConditionThreshold. */
    public record ConditionThreshold(
            String conditionThresholdEnabled, @Nullable ConfidenceThreshold overallConfidenceThreshold) {}

    /** SuppressionConfidenceThreshold. */
    public record ConfidenceThreshold(String confidenceVerdictThreshold) {}

    /** VdmOptions. */
    public record Vdm(
            @Nullable Dashboard dashboardOptions, @Nullable Guardian guardianOptions) {}

    /** DashboardOptions. */
    public record Dashboard(@Nullable String engagementMetrics) {}

    /** GuardianOptions. */
    public record Guardian(@Nullable String optimizedSharedDelivery) {}

    /** ArchivingOptions. */
    public record Archiving(@Nullable String archiveArn) {}
}
