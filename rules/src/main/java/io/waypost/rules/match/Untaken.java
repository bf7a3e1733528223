package io.waypost.rules.match;

import io.waypost.message.Reply;

/** Remembers why rules did not take a recipient, and finds the reply that tells the peer most. Used by one thread. */
final class Untaken {

    private boolean withoutTls;
    private boolean byCondition;

    void withoutTls() {
        withoutTls = true;
    }

    void byCondition() {
        byCondition = true;
    }

    Reply reply() {
        if (withoutTls) {
            return Refusals.ENCRYPTION_NEEDED;
        }
        return byCondition ? Refusals.NOT_TAKEN : Refusals.UNKNOWN_RECIPIENT;
    }
}
