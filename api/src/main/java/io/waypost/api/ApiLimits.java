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
 * @param large what a request may cost that carries a whole mail
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
        Duration patience,
        Large large) {

    private static final int MEGABYTE = 1024 * 1024;

    /**
     * What a request may cost that carries a whole mail (SES: 40 MB) and says beforehand how long it is. They share a memory of their own:
     * nobody else's request waits for it, however slowly they come.
     *
     * @param body bytes of one request's body; no more than {@link ApiLimits#body} where the heap is too small for more
     * @param allBodies bytes of all such bodies in hand, and of what is made of them on their way
     * @param bodyTime from a request's head to the end of its body
     */
    public record Large(int body, long allBodies, Duration bodyTime) {

        /** A mail of 40 MB in base64, with what stands around it. */
        private static final int MOST = 56 * MEGABYTE;

        private static final Duration TIME = Duration.ofMinutes(3);

        /** The body itself, the mail that stands in it, and the mail with its line ends mended. */
        static long withCopies(long body) {
            return body / 2 * 5;
        }

        /** Three tenths of the heap for all of them, so that one of full length fits into 512 MB. */
        public static Large of(long heap) {
            long all = heap / 10 * 3;
            return new Large((int) Math.min(MOST, all / 5 * 2), all, TIME);
        }
    }

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
            Duration.ofSeconds(5),
            Large.of(Runtime.getRuntime().maxMemory()));

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
                STANDARD.patience,
                STANDARD.large);
    }
}
