package io.waypost.outbound.port;

import io.waypost.message.Domain;
import io.waypost.message.dkim.SigningKey;
import java.util.List;
import java.util.Optional;

/**
 * A verified identity, as far as sending asks for it.
 *
 * @param name an address or a domain
 * @param arn its name in events and policies
 * @param signers whose DKIM signatures its mail gets, in order; empty where signing is off or not ready
 * @param mailFrom its custom MAIL FROM domain, where it has one
 * @param configurationSet the default one
 * @param headersInNotifications whether a notification of some kind tells header fields
 */
public record SendingIdentity(
        String name,
        String arn,
        List<SigningKey> signers,
        Optional<MailFrom> mailFrom,
        Optional<String> configurationSet,
        boolean headersInNotifications) {

    public SendingIdentity {
        signers = List.copyOf(signers);
    }

    public SendingIdentity withConfigurationSet(Optional<String> it) {
        return new SendingIdentity(name, arn, signers, mailFrom, it, headersInNotifications);
    }

    /**
     * @param domain the custom MAIL FROM domain
     * @param ready whether its records were seen
     * @param refuseWhenNotReady BehaviorOnMXFailure is RejectMessage
     */
    public record MailFrom(Domain domain, boolean ready, boolean refuseWhenNotReady) {}
}
