package io.waypost.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingFieldTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T23:59:59Z, 198.51.100.7, 2026.11.26-198.51.100.7",
        "2026-01-02T00:00:00Z, 2001:db8::1, 2026.01.02-2001:db8:0:0:0:0:0:1"
    })
    void itTellsDayAndAddress(Instant now, String address, String value) {
        assertThat(new String(OutgoingField.of(now, InetAddress.ofLiteral(address))))
                .isEqualTo("X-SES-Outgoing: " + value + "\r\n");
    }
}
