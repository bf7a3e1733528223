package io.waypost.api.sending.account;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.compose.Mailbox;
import io.waypost.outbound.port.SendingUsage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The account in the API of 2019; a switch that is left out is off, as in SES. */
final class AccountAttributes implements Operations.Family {

    private final Accounts accounts;
    private final SendingUsage usage;

    AccountAttributes(Accounts accounts, SendingUsage usage) {
        this.accounts = accounts;
        this.usage = usage;
    }

    /** PutAccountSendingAttributesRequest. */
    record PutSending(@Nullable Boolean sendingEnabled) {}

    /** PutAccountSuppressionAttributesRequest; SuppressionAttributes. */
    record Suppression(
            @Nullable List<String> suppressedReasons, Account.@Nullable ValidationAttributes validationAttributes) {}

    /** PutAccountDedicatedIpWarmupAttributesRequest. */
    record PutWarmup(@Nullable Boolean autoWarmupEnabled) {}

    /** PutAccountVdmAttributesRequest. */
    record PutVdm(Account.VdmAttributes vdmAttributes) {}

    /** PutAccountDetailsRequest. */
    record PutDetails(
            String mailType,
            String websiteUrl,
            @Nullable String contactLanguage,
            @Nullable String useCaseDescription,
            @Nullable List<String> additionalContactEmailAddresses,
            @Nullable Boolean productionAccessEnabled) {}

    /** ReviewDetails. */
    record Review(String status) {}

    /** AccountDetails. */
    record Details(
            String mailType,
            String websiteUrl,
            @Nullable String contactLanguage,
            @Nullable String useCaseDescription,
            @Nullable List<String> additionalContactEmailAddresses,
            Review reviewDetails) {}

    /** GetAccountResponse. */
    record Shown(
            boolean dedicatedIpAutoWarmupEnabled,
            String enforcementStatus,
            boolean productionAccessEnabled,
            AccountOperations.Quota sendQuota,
            boolean sendingEnabled,
            Suppression suppressionAttributes,
            @Nullable Details details,
            Account.@Nullable VdmAttributes vdmAttributes) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "GetAccount", Nothing.class, Shown.class, this::show)
                .add(Api.SESV2, "PutAccountDetails", PutDetails.class, Nothing.class, this::details)
                .add(Api.SESV2, "PutAccountSendingAttributes", PutSending.class, Nothing.class, this::sending)
                .add(Api.SESV2, "PutAccountSuppressionAttributes", Suppression.class, Nothing.class, this::suppression)
                .add(Api.SESV2, "PutAccountDedicatedIpWarmupAttributes", PutWarmup.class, Nothing.class, this::warmup)
                .add(Api.SESV2, "PutAccountVdmAttributes", PutVdm.class, Nothing.class, this::vdm);
    }

    private Shown show(Caller caller, Nothing none) {
        Account account = accounts.find(caller.scope());
        return new Shown(
                account.autoWarmup(),
                "HEALTHY",
                !accounts.isInSandbox(account),
                AccountOperations.Quota.of(accounts.of(caller.scope()), usage.takenInADay(caller.scope())),
                account.sendingEnabled(),
                new Suppression(account.suppressedReasons(), account.validation()),
                details(account.details()),
                account.vdm());
    }

    private static @Nullable Details details(Account.@Nullable Details told) {
        return told == null
                ? null
                : new Details(
                        told.mailType(),
                        told.websiteUrl(),
                        told.contactLanguage(),
                        told.useCaseDescription(),
                        told.additionalContactEmailAddresses(),
                        // Nobody reviews here.
                        new Review("GRANTED"));
    }

    private Nothing details(Caller caller, PutDetails input) throws ServiceException, IOException {
        List<String> contacts = input.additionalContactEmailAddresses;
        for (String contact : contacts == null ? List.<String>of() : contacts) {
            try {
                Mailbox.parse(contact);
            } catch (IllegalArgumentException e) {
                throw new ServiceException("BadRequestException", "Invalid email address<" + contact + ">.");
            }
        }
        accounts.change(
                caller.scope(),
                account -> account.withDetails(new Account.Details(
                        input.mailType,
                        input.websiteUrl,
                        input.contactLanguage,
                        input.useCaseDescription,
                        contacts,
                        // Left out, it stays as it is.
                        input.productionAccessEnabled == null
                                ? account.isInProduction()
                                : input.productionAccessEnabled)));
        return new Nothing();
    }

    private Nothing sending(Caller caller, PutSending input) throws IOException {
        boolean enabled = Boolean.TRUE.equals(input.sendingEnabled);
        accounts.change(caller.scope(), account -> account.withSendingEnabled(enabled));
        return new Nothing();
    }

    private Nothing suppression(Caller caller, Suppression input) throws IOException {
        List<String> reasons = input.suppressedReasons == null
                ? List.of()
                : input.suppressedReasons.stream().distinct().sorted().toList();
        accounts.change(caller.scope(), account -> account.withSuppression(reasons, input.validationAttributes));
        return new Nothing();
    }

    private Nothing warmup(Caller caller, PutWarmup input) throws IOException {
        boolean enabled = Boolean.TRUE.equals(input.autoWarmupEnabled);
        accounts.change(caller.scope(), account -> account.withAutoWarmup(enabled));
        return new Nothing();
    }

    private Nothing vdm(Caller caller, PutVdm input) throws IOException {
        accounts.change(caller.scope(), account -> account.withVdm(input.vdmAttributes));
        return new Nothing();
    }
}
