package io.waypost.api.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:0:1::1, 20010db800000001/64",
        "2001:db8:0:1:ffff:ffff:ffff:ffff, 20010db800000001/64",
        "2001:db8:0:2::1, 20010db800000002/64",
        "::1, 0000000000000000/64",
    })
    void ofAnAddress(String address, String text) {
        assertThat(ClientNetwork.of(InetAddress.ofLiteral(address))).hasToString(text);
    }
}
