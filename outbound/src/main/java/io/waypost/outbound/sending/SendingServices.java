package io.waypost.outbound.sending;

import io.waypost.outbound.port.ConfigurationSets;
import io.waypost.outbound.port.SendingAccounts;
import io.waypost.outbound.port.SendingIdentities;
import io.waypost.outbound.port.SendingQuota;

/** Whom a message is judged by before it is accepted. */
public record SendingServices(
        SendingIdentities identities, SendingAccounts accounts, ConfigurationSets sets, SendingQuota quota) {}
