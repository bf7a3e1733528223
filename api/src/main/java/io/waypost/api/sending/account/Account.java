package io.waypost.api.sending.account;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an account sends in a region, and what it has told about itself. Its JSON is what the store keeps; members that a later version
 * adds are passed over.
 *
 * @param sendingEnabled whether it may send
 * @param suppressedReasons {@code BOUNCE}, {@code COMPLAINT}: for which its listed addresses are left out
 * @param validation SES' address validation; kept, and means nothing here
 * @param autoWarmup of dedicated addresses; kept, and means nothing here
 * @param details what PutAccountDetails said
 * @param vdm kept, and means nothing here
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Account(
        boolean sendingEnabled,
        List<String> suppressedReasons,
        @Nullable ValidationAttributes validation,
        boolean autoWarmup,
        @Nullable Details details,
        @Nullable VdmAttributes vdm) {

    /** A new one: SES lists and leaves out both kinds. */
    static final Account FRESH = new Account(true, List.of("BOUNCE", "COMPLAINT"), null, true, null, null);

    /** AccountDetails without the review, which is granted at once. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Details(
            String mailType,
            String websiteUrl,
            @Nullable String contactLanguage,
            @Nullable String useCaseDescription,
            @Nullable List<String> additionalContactEmailAddresses,
            boolean production) {}

    /** SuppressionValidationAttributes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ValidationAttributes(ConditionThreshold conditionThreshold) {}

    /** SuppressionConditionThreshold. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConditionThreshold(
            String conditionThresholdEnabled, @Nullable ConfidenceThreshold overallConfidenceThreshold) {}

    /** SuppressionConfidenceThreshold. */
    record ConfidenceThreshold(String confidenceVerdictThreshold) {}

    /** VdmAttributes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VdmAttributes(
            String vdmEnabled,
            @Nullable Dashboard dashboardAttributes,
            @Nullable Guardian guardianAttributes) {}

    /** DashboardAttributes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Dashboard(@Nullable String engagementMetrics) {}

    /** GuardianAttributes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Guardian(@Nullable String optimizedSharedDelivery) {}

    Account withSendingEnabled(boolean enabled) {
        return new Account(enabled, suppressedReasons, validation, autoWarmup, details, vdm);
    }

    Account withSuppression(List<String> reasons, @Nullable ValidationAttributes attributes) {
        return new Account(sendingEnabled, reasons, attributes, autoWarmup, details, vdm);
    }

    Account withAutoWarmup(boolean enabled) {
        return new Account(sendingEnabled, suppressedReasons, validation, enabled, details, vdm);
    }

    Account withDetails(Details told) {
        return new Account(sendingEnabled, suppressedReasons, validation, autoWarmup, told, vdm);
    }

    Account withVdm(VdmAttributes attributes) {
        return new Account(sendingEnabled, suppressedReasons, validation, autoWarmup, details, attributes);
    }

    boolean isInProduction() {
        return details != null && details.production;
    }
}
