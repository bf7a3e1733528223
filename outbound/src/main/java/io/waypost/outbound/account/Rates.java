package io.waypost.outbound.account;

import io.waypost.message.Scope;

/**
 * How much of what was sent came back, in two weeks.
 *
 * @param part {@code identity NAME} or {@code set NAME}
 * @param sent recipients of mail that was accepted
 * @param bounces recipients whose servers refused it for good
 * @param complaints recipients who complained
 */
public record Rates(Scope scope, String part, long sent, long bounces, long complaints) {

    /** From here on SES reviews an account. */
    public static final double MOST_BOUNCES = 0.05;

    /** From here on SES reviews an account. */
    public static final double MOST_COMPLAINTS = 0.001;

    /** Of fewer recipients a rate says little. */
    static final long ENOUGH = 1_000;

    public double bounceRate() {
        return sent == 0 ? 0 : (double) bounces / sent;
    }

    public double complaintRate() {
        return sent == 0 ? 0 : (double) complaints / sent;
    }

    /** Whether enough was sent, and too much of it came back. */
    public boolean isHigh() {
        return sent >= ENOUGH && (bounceRate() >= MOST_BOUNCES || complaintRate() >= MOST_COMPLAINTS);
    }
}
