package io.waypost.server;

import io.waypost.outbound.smtp.SmtpTimeouts;

/**
 * What no operator chooses about the servers that mail goes to, and a test may.
 *
 * @param policyPort where the hosts of MTA-STS policies answer (RFC 8461 3.3)
 * @param timeouts how long exchangers are waited for
 */
record OutsideWorld(int policyPort, SmtpTimeouts timeouts) {

    static final OutsideWorld REAL = new OutsideWorld(443, SmtpTimeouts.STANDARD);
}
