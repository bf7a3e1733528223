package io.waypost.message;

/**
 * A mailbox: local part and domain (RFC 5321 4.1.2), without angle brackets, source route or display name.
 *
 * <p>The local part is kept as sent, quotes included where the sender used them. This record does not judge syntax; the
 * SMTP session does that where the peer can still be told.
 *
 * @param localPart as sent, never empty
 * @param domain lower case
 */
public record EmailAddress(String localPart, Domain domain) {

    public EmailAddress {
        if (localPart.isEmpty()) {
            throw new IllegalArgumentException("a local part cannot be empty");
        }
    }

    /**
     * Splits at the last @.
     *
     * @throws IllegalArgumentException when there is no @, or nothing on one of its sides
     */
    public static EmailAddress of(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || at == text.length() - 1) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        return new EmailAddress(text.substring(0, at), new Domain(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return localPart + "@" + domain.name();
    }
}
