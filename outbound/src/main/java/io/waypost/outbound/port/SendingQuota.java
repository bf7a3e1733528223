package io.waypost.outbound.port;

import io.waypost.message.Scope;
import io.waypost.message.sending.SendRefusedException;
import java.io.IOException;

/** How much an account has sent, and whether it may send more. Safe for all threads; asked for every mail, so answers are in memory. */
public interface SendingQuota {

    /**
     * Counts recipients before their mail is accepted.
     *
     * @throws SendRefusedException RATE_EXCEEDED or DAILY_QUOTA_EXCEEDED, in SES' words; nothing was counted
     * @throws IOException when it is not known what the account may send
     */
    void take(Scope scope, int recipients) throws SendRefusedException, IOException;

    /** Recipients counted in the last 24 hours. */
    long takenInADay(Scope scope);
}
