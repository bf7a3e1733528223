package io.waypost.rules.run;

import java.time.Duration;

/**
 * @param schedule retries
 * @param inHand how many runs may be in memory at once; all others wait in the ledger
 * @param poll how long the ledger goes unasked at most: what another process replayed is found within this time
 * @param recordPause between tries to write the ledger while it cannot be written
 */
public record RouterSettings(RetrySchedule schedule, int inHand, Duration poll, Duration recordPause) {}
