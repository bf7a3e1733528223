package io.waypost.outbound.sending;

import io.waypost.message.sending.UnsubscribeLinks;
import io.waypost.outbound.port.ConfigurationSets;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.SendingAccounts;
import io.waypost.outbound.port.SendingAuthorization;
import io.waypost.outbound.port.SendingIdentities;
import io.waypost.outbound.port.SendingQuota;
import io.waypost.outbound.tracking.BodyLinks;
import java.net.URI;

/**
 * Whom a message is judged by before it is accepted.
 *
 * @param authorization what owners of identities allow and forbid
 * @param unsubscribe the ways to end subscriptions
 * @param links puts links into texts
 */
public record SendingServices(
        SendingIdentities identities,
        SendingAccounts accounts,
        ConfigurationSets sets,
        SendingQuota quota,
        ContactLists contacts,
        SendingAuthorization authorization,
        Unsubscribe unsubscribe,
        BodyLinks links) {

    /** Without policies: everybody has his own identities only. */
    public SendingServices(
            SendingIdentities identities,
            SendingAccounts accounts,
            ConfigurationSets sets,
            SendingQuota quota,
            ContactLists contacts,
            Unsubscribe unsubscribe,
            BodyLinks links) {
        this(identities, accounts, sets, quota, contacts, SendingAuthorization.NONE, unsubscribe, links);
    }

    /**
     * The ways to end a subscription.
     *
     * @param page a page's address, to which {@code ?t=TOKEN} is added
     * @param links its tokens
     * @param addresses mail to which ends it as well
     */
    public record Unsubscribe(URI page, UnsubscribeLinks links, SignedReturnPaths addresses) {}
}
