package io.waypost.rules.match;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;

/** Which recipients a rule takes, in SES' sense: an address, a domain, or the subdomains of a domain. */
public sealed interface RecipientPattern {

    /** One mailbox; without a label it takes {@code user+anything@domain} as well. Local parts compare without regard to case. */
    record Mailbox(EmailAddress address) implements RecipientPattern {

        @Override
        public boolean takes(EmailAddress other) {
            if (!AddressKey.domain(address.domain()).equals(AddressKey.domain(other.domain()))) {
                return false;
            }
            String mine = AddressKey.localPart(address);
            String theirs = AddressKey.localPart(other);
            int plus = AddressKey.plus(theirs);
            return theirs.equals(mine) || (plus > 0 && theirs.substring(0, plus).equals(mine));
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** Every address of the domain itself. */
    record Of(Domain domain) implements RecipientPattern {

        @Override
        public boolean takes(EmailAddress other) {
            return AddressKey.domain(domain).equals(AddressKey.domain(other.domain()));
        }

        @Override
        public String toString() {
            return domain.name();
        }
    }

    /** Every address of every subdomain, at any depth, but not of the domain itself. */
    record Below(Domain domain) implements RecipientPattern {

        @Override
        public boolean takes(EmailAddress other) {
            return new Domain(AddressKey.domain(other.domain())).isBelow(new Domain(AddressKey.domain(domain)));
        }

        @Override
        public String toString() {
            return "." + domain.name();
        }
    }

    /** Whether the pattern takes this address (SES contract 2.3). */
    boolean takes(EmailAddress address);

    /**
     * Reads {@code user@domain}, {@code domain} or {@code .domain}.
     *
     * @throws IllegalArgumentException with what would be right
     */
    static RecipientPattern of(String text) {
        return RecipientPatternReader.read(text);
    }
}
