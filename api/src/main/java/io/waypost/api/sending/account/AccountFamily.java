package io.waypost.api.sending.account;

import io.waypost.api.aws.Operations;
import io.waypost.outbound.port.SendStatistics;
import io.waypost.outbound.port.SendingUsage;

/** The operations on accounts, of both APIs. */
public final class AccountFamily implements Operations.Family {

    private final AccountOperations operations;
    private final AccountAttributes attributes;

    public AccountFamily(Accounts accounts, SendingUsage usage, SendStatistics statistics) {
        this.operations = new AccountOperations(accounts, usage, statistics);
        this.attributes = new AccountAttributes(accounts, usage);
    }

    @Override
    public void addTo(Operations.Builder builder) {
        builder.add(operations).add(attributes);
    }
}
