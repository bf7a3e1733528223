package io.waypost.outbound.port;

import io.waypost.message.Scope;
import java.io.IOException;

/** What accounts may send. Safe for all threads; asked for every mail, so answers are in memory. */
@FunctionalInterface
public interface SendingAccounts {

    /**
     * @param enabled whether it may send at all (UpdateAccountSendingEnabled)
     * @param sandbox whether recipients must be verified, too
     * @param perDay recipients in 24 hours, -1 for any number
     * @param perSecond recipients a second
     */
    record Allowance(boolean enabled, boolean sandbox, long perDay, double perSecond) {}

    Allowance of(Scope scope) throws IOException;
}
