package io.waypost.outbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {

    @ParameterizedTest
    @CsvSource({
        "relay.example.com, relay.example.com:25",
        "relay.example.com:2525, relay.example.com:2525",
        "192.0.2.1:26, 192.0.2.1:26",
        "[::1]:26, [::1]:26",
        "[2001:db8::1], [2001:db8::1]:25"
    })
    void aHostIsReadAndWritten(String text, String written) {
        assertThat(HostAndPort.of(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":25", "::1", "host:", "host:0", "host:65536", "host:x", "a b:25", "[::1", "http://host"})
    void anythingElseIsNoHost(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.of(text));
    }
}
