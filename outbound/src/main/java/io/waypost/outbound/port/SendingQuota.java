package io.waypost.outbound.port;

import io.waypost.message.Scope;
import io.waypost.message.sending.SendRefusedException;
import java.io.IOException;

/** How much more may be sent. Safe for all threads. */
@FunctionalInterface
public interface SendingQuota {

    /** Lets everything pass. */
    SendingQuota NONE = (scope, recipients) -> {};

    /**
     * Takes so many recipients from what the scope may still send.
     *
     * @throws SendRefusedException when it may not, with {@code RATE_EXCEEDED} or {@code DAILY_QUOTA_EXCEEDED}; nothing was taken
     */
    void take(Scope scope, int recipients) throws SendRefusedException, IOException;
}
