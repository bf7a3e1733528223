package io.waypost.outbound;

import io.waypost.outbound.smtp.SmtpTimeouts;

/**
 * What the outbound line is told by configuration.
 *
 * @param hostname this server's name: EHLO, Received, the reporting MTA of notices
 * @param routes where mail for which domain goes
 * @param timeouts how long to wait for peers
 * @param hops a mail that has passed more servers goes round in circles (RFC 5321 6.3)
 * @param concurrency connections to one destination at once
 */
public record OutboundSettings(
        String hostname, OutboundRoutes routes, SmtpTimeouts timeouts, int hops, int concurrency) {

    /** RFC 5321 6.3 asks for a limit of at least 100. */
    public static final int DEFAULT_HOPS = 100;

    public static final int DEFAULT_CONCURRENCY = 20;

    public static OutboundSettings of(String hostname, OutboundRoutes routes) {
        return new OutboundSettings(hostname, routes, SmtpTimeouts.STANDARD, DEFAULT_HOPS, DEFAULT_CONCURRENCY);
    }
}
