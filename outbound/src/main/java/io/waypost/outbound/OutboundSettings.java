package io.waypost.outbound;

/**
 * What submission and the handler of deliveries are told by configuration.
 *
 * @param hostname this server's name: EHLO, Received, the reporting MTA of notices
 * @param routes where mail for which domain goes
 * @param hops a mail that has passed more servers goes round in circles (RFC 5321 6.3)
 */
public record OutboundSettings(String hostname, OutboundRoutes routes, int hops) {

    /** RFC 5321 6.3 asks for a limit of at least 100. */
    public static final int DEFAULT_HOPS = 100;

    public static OutboundSettings of(String hostname, OutboundRoutes routes) {
        return new OutboundSettings(hostname, routes, DEFAULT_HOPS);
    }
}
