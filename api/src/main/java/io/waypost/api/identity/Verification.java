package io.waypost.api.identity;

import java.time.Instant;

/** What proves that an identity is the account's ({@code ses.verify}). */
public enum Verification {
    /** Records in DNS, or the owner of an address. */
    DNS {
        @Override
        Proof begun(Proof before, Instant now) {
            return before.begun(now);
        }
    },
    /** Nothing: whoever has a key says the truth. For tests and closed networks. */
    AT_ONCE {
        @Override
        Proof begun(Proof before, Instant now) {
            return before.state() == VerificationState.SUCCESS ? before : Proof.success(now);
        }
    };

    /** The proof, begun unless it is under way already. */
    abstract Proof begun(Proof before, Instant now);
}
