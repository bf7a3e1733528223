package io.waypost.rules.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, ::1, true",
        "::/0, 192.0.2.1, false",
        "192.0.2.0/24, ::ffff:192.0.2.9, true",
    })
    void aBlockContainsAnAddress(String block, String address, boolean inside) {
        assertThat(Network.of(block).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "192.0.2.7/24, did you mean '192.0.2.0/24'?",
        "192.0.2.0/33, from 0 to 32",
        "2001:db8::/129, from 0 to 128",
        "192.0.2.0/, from 0 to 32",
        "192.0.2, not an address block",
        "localhost, not an address block",
        "300.0.0.1, not an address block",
        "fe80::1%eth0, not an address block",
        "1:2:3, not an address block",
    })
    void whatIsNoBlockIsRefusedWithWhatWouldBeRight(String text, String words) {
        assertThatThrownBy(() -> Network.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
