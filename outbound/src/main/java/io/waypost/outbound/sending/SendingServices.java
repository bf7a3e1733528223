package io.waypost.outbound.sending;

import io.waypost.message.sending.UnsubscribeLinks;
import io.waypost.outbound.port.ConfigurationSets;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.SendingAccounts;
import io.waypost.outbound.port.SendingAuthorization;
import io.waypost.outbound.port.SendingIdentities;
import io.waypost.outbound.port.SendingQuota;
import java.net.URI;

/**
 * Whom a message is judged by before it is accepted.
 *
 * @param authorization what owners of identities allow and forbid
 * @param unsubscribe the page that ends subscriptions, and the tokens it takes
 */
public record SendingServices(
        SendingIdentities identities,
        SendingAccounts accounts,
        ConfigurationSets sets,
        SendingQuota quota,
        ContactLists contacts,
        SendingAuthorization authorization,
        Unsubscribe unsubscribe) {

    /** Without policies: everybody has his own identities only. */
    public SendingServices(
            SendingIdentities identities,
            SendingAccounts accounts,
            ConfigurationSets sets,
            SendingQuota quota,
            ContactLists contacts,
            Unsubscribe unsubscribe) {
        this(identities, accounts, sets, quota, contacts, SendingAuthorization.NONE, unsubscribe);
    }

    /**
     * @param page its address, to which {@code ?t=TOKEN} is added
     */
    public record Unsubscribe(URI page, UnsubscribeLinks links) {}
}
