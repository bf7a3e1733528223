package io.waypost.outbound.port;

import io.waypost.message.Scope;
import java.time.Instant;
import java.util.List;

/** What became of an account's mail, counted for two weeks. Safe for all threads. */
@FunctionalInterface
public interface SendStatistics {

    /**
     * A quarter of an hour.
     *
     * @param begin of it
     * @param deliveryAttempts recipients of mail that was accepted
     * @param bounces recipients whose mail came back for good
     * @param complaints recipients who complained
     * @param rejects mails that were refused for what was in them
     */
    record Point(Instant begin, long deliveryAttempts, long bounces, long complaints, long rejects) {}

    /** Quarters in which anything happened, oldest first. */
    List<Point> points(Scope scope);
}
