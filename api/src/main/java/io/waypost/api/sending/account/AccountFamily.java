package io.waypost.api.sending.account;

import io.waypost.api.aws.Operations;
import io.waypost.outbound.port.SendStatistics;
import io.waypost.outbound.port.SendingQuota;

/** The operations on accounts, of both APIs. */
public final class AccountFamily implements Operations.Family {

    private final AccountOperations operations;
    private final AccountAttributes attributes;

    public AccountFamily(Accounts accounts, SendingQuota quota, SendStatistics statistics) {
        this.operations = new AccountOperations(accounts, quota, statistics);
        this.attributes = new AccountAttributes(accounts, quota);
    }

    @Override
    public void addTo(Operations.Builder builder) {
        builder.add(operations).add(attributes);
    }
}
