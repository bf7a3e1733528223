package io.waypost.api;

import io.waypost.config.HttpLimits;
import java.time.Duration;

/**
 * What requests may cost before anybody knows whose they are.
 *
 * @param connections at one time
 * @param connectionsPerAddress at one time
 * @param body bytes of one request's body
 * @param allBodies bytes of all bodies in hand, copies that are made of them on their way included
 * @param bodyTime from a request's head to the end of its body
 * @param nextRequest from an answer, or the connection, to the end of the next request's head; the answer must be taken in that time
 * @param inHand requests that are answered at one time
 * @param inHandPerAddress requests of one address that are answered, or wait to be, at one time
 * @param patience how long a request waits to be one of them
 */
public record ApiLimits(
        int connections,
        int connectionsPerAddress,
        int body,
        long allBodies,
        Duration bodyTime,
        Duration nextRequest,
        int inHand,
        int inHandPerAddress,
        Duration patience) {

    private static final int MEGABYTE = 1024 * 1024;

    /** Room for a mail of 10 MB in base64. */
    public static final ApiLimits STANDARD = new ApiLimits(
            1_000,
            200,
            16 * MEGABYTE,
            64L * MEGABYTE,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            256,
            128,
            Duration.ofSeconds(5));

    /** The standard with what the operator chose. */
    public static ApiLimits of(HttpLimits chosen) {
        return new ApiLimits(
                chosen.connections(),
                chosen.perAddress(),
                STANDARD.body,
                STANDARD.allBodies,
                STANDARD.bodyTime,
                STANDARD.nextRequest,
                chosen.requests(),
                chosen.requestsPerAddress(),
                STANDARD.patience);
    }
}
