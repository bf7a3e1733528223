package io.waypost.rules.match;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;

/** Which recipients a rule takes, in SES' sense: an address, a domain, or the subdomains of a domain. */
public sealed interface RecipientPattern {

    /** One mailbox; without a label it takes {@code user+anything@domain} as well. Local parts compare without regard to case. */
    record Mailbox(EmailAddress address) implements RecipientPattern {}

    /** Every address of the domain itself. */
    record Of(Domain domain) implements RecipientPattern {}

    /** Every address of every subdomain, at any depth, but not of the domain itself. */
    record Below(Domain domain) implements RecipientPattern {}
}
