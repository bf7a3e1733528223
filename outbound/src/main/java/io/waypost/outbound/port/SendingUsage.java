package io.waypost.outbound.port;

import io.waypost.message.Scope;

/** How much an account has sent. Safe for all threads; answers are in memory. */
@FunctionalInterface
public interface SendingUsage {

    /** Recipients that were taken from the quota in the last 24 hours. */
    long takenInADay(Scope scope);
}
