package io.waypost.outbound;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * {@code X-SES-Outgoing: YYYY.MM.DD-IP} (contract 4.4): when an application's mail left, and from where, for whoever reads complaints. It
 * stands above everything else in the copy that goes out, is in no signature, and not in what is stored: an attempt from another address
 * says another.
 */
final class OutgoingField {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy.MM.dd").withZone(ZoneOffset.UTC);

    private OutgoingField() {}

    /** @param address that the world sees the mail come from */
    static byte[] of(Instant now, InetAddress address) {
        return ("X-SES-Outgoing: " + DAY.format(now) + "-" + address.getHostAddress() + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
