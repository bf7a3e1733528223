package io.waypost.smtp.checks.spf;

import io.waypost.message.ReversePath;
import io.waypost.smtp.checks.spf.SpfResult.Identity;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is checked.
 *
 * @param client never an IPv4-mapped address
 * @param helo as the client said it
 * @param localPart without quotes, never empty
 * @param claimed the domain as the sender wrote it
 * @param domain the same as DNS knows it; empty where nobody can have a record there
 */
record Subject(
        InetAddress client, String helo, Identity identity, String localPart, String claimed, Optional<String> domain) {

    // RFC 7208 2.4, 4.3: stands in for a sender or a local part that is not there.
    private static final String POSTMASTER = "postmaster";

    static Subject of(InetAddress client, String helo, ReversePath from) {
        InetAddress address = IpText.unmapped(client);
        return switch (from) {
            case ReversePath.Null() ->
                new Subject(address, helo, Identity.HELO, POSTMASTER, helo, DomainName.ofIdentity(helo));
            case ReversePath.Of(var mailbox) -> {
                String local = unquoted(mailbox.localPart());
                String domain = mailbox.domain().name();
                yield new Subject(
                        address,
                        helo,
                        Identity.MAIL_FROM,
                        local.isEmpty() ? POSTMASTER : local,
                        domain,
                        DomainName.ofIdentity(domain));
            }
        };
    }

    /** The domain for people and macros. */
    String domainName() {
        return domain.orElse(claimed);
    }

    String sender() {
        return localPart + "@" + domainName();
    }

    // RFC 5321 4.1.2: the quotes are no part of the mailbox' name.
    private static String unquoted(String local) {
        if (local.length() < 2 || !local.startsWith("\"") || !local.endsWith("\"")) {
            return local;
        }
        return local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
