package io.waypost.smtp.checks.spf;

import io.waypost.message.ReversePath;
import io.waypost.smtp.testing.FakeDns;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One row of the table.
 *
 * @param section of RFC 7208
 * @param explanation the expected text, {@code -} for none, empty where the row does not say
 */
record SpfCase(
        String name,
        String section,
        FakeDns zone,
        InetAddress client,
        String helo,
        ReversePath from,
        String result,
        Optional<String> explanation) {

    @Override
    public String toString() {
        return name + " (" + section + ")";
    }
}
