package io.waypost.message;

import java.util.Optional;
import java.util.Set;

/**
 * One accepted forward-path with what its sender asked about notices (RFC 3461).
 *
 * @param address the mailbox
 * @param noticeOn when the sender wants a DSN; empty means the parameter was absent (then: on failure, RFC 3461 4.1)
 * @param originalRecipient the ORCPT value as sent, {@code addr-type;xtext}
 */
public record Recipient(EmailAddress address, Set<Notify> noticeOn, Optional<String> originalRecipient) {

    /** NOTIFY keywords of RFC 3461 4.1; NEVER stands alone. */
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    public Recipient {
        noticeOn = Set.copyOf(noticeOn);
    }

    public static Recipient of(EmailAddress address) {
        return new Recipient(address, Set.of(), Optional.empty());
    }

    /** Whether a failure may be reported to the sender. */
    public boolean wantsFailureNotice() {
        return noticeOn.isEmpty() || noticeOn.contains(Notify.FAILURE);
    }
}
