package io.waypost.outbound.smtp;

import java.time.Duration;

/**
 * How long connections live.
 *
 * @param idle how long one waits for another mail before it is closed
 * @param mails how many mails one carries at most
 */
public record ConnectionLimits(Duration idle, int mails) {

    /** Peers close what says nothing for a few minutes, and some count mails. */
    public static final ConnectionLimits STANDARD = new ConnectionLimits(Duration.ofSeconds(5), 100);
}
