package io.waypost.api.sending.account;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.outbound.port.SendStatistics;
import io.waypost.outbound.port.SendingAccounts.Allowance;
import io.waypost.outbound.port.SendingUsage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account may send and has sent, in the API of 2010. */
final class AccountOperations implements Operations.Family {

    private final Accounts accounts;
    private final SendingUsage usage;
    private final SendStatistics statistics;

    AccountOperations(Accounts accounts, SendingUsage usage, SendStatistics statistics) {
        this.accounts = accounts;
        this.usage = usage;
        this.statistics = statistics;
    }

    /** UpdateAccountSendingEnabledRequest; left out it is off, as in SES. */
    record Enable(@Nullable Boolean enabled) {}

    /** GetAccountSendingEnabledResponse. */
    record Enabled(boolean enabled) {}

    /** GetSendQuotaResponse. */
    record Quota(double max24HourSend, double maxSendRate, double sentLast24Hours) {

        static Quota of(Allowance allowance, long sent) {
            return new Quota(allowance.perDay(), allowance.perSecond(), sent);
        }
    }

    /** SendDataPoint. */
    record DataPoint(Instant timestamp, long deliveryAttempts, long bounces, long complaints, long rejects) {}

    /** GetSendStatisticsResponse. */
    record DataPoints(List<DataPoint> sendDataPoints) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "UpdateAccountSendingEnabled", Enable.class, Nothing.class, this::enable)
                .add(Api.SES, "GetAccountSendingEnabled", Nothing.class, Enabled.class, this::isEnabled)
                .add(Api.SES, "GetSendQuota", Nothing.class, Quota.class, this::quota)
                .add(Api.SES, "GetSendStatistics", Nothing.class, DataPoints.class, this::statistics);
    }

    private Nothing enable(Caller caller, Enable input) throws IOException {
        boolean enabled = Boolean.TRUE.equals(input.enabled);
        accounts.change(caller.scope(), account -> account.withSendingEnabled(enabled));
        return new Nothing();
    }

    private Enabled isEnabled(Caller caller, Nothing none) {
        return new Enabled(accounts.find(caller.scope()).sendingEnabled());
    }

    private Quota quota(Caller caller, Nothing none) {
        return Quota.of(accounts.of(caller.scope()), usage.takenInADay(caller.scope()));
    }

    private DataPoints statistics(Caller caller, Nothing none) {
        return new DataPoints(statistics.points(caller.scope()).stream()
                .map(point -> new DataPoint(
                        point.begin(), point.deliveryAttempts(), point.bounces(), point.complaints(), point.rejects()))
                .toList());
    }
}
