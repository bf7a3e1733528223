package io.waypost.outbound.sending;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.sending.SendRequest;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.SendingIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found when a message was looked at: it may be sent, like this.
 *
 * @param source the sender
 * @param shownSource the sender as events tell it
 * @param identity whom he sends as
 * @param author whose signature the message gets: the identity of its From field
 * @param recipients each once
 * @param set its configuration set
 * @param tags of the message
 * @param mailFrom the domain of its return paths
 * @param feedbackTo who gets feedback by mail
 * @param list the contact list that the only recipient is in
 */
record Permit(
        EmailAddress source,
        String shownSource,
        SendingIdentity identity,
        SendingIdentity author,
        List<EmailAddress> recipients,
        Optional<ConfigurationSet> set,
        Map<String, String> tags,
        Domain mailFrom,
        EmailAddress feedbackTo,
        Optional<SendRequest.ListManagement> list) {

    /** Whether somebody hears of header fields, so that they must be remembered. */
    boolean tellsHeaders() {
        return isTold() || identity.headersInNotifications();
    }

    /** Whether an event destination hears of the mail. */
    boolean isTold() {
        return set.map(ConfigurationSet::told).orElse(false);
    }
}
