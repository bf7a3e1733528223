package io.waypost.api.aws.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedOctetsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 100, 7999, 8000, 8001, 100_000})
    void theLengthIsFoundBeforehand(int length) {
        String base64 = Base64.getEncoder().encodeToString(new byte[length]);
        byte[] json = ("{\"Data\":\"" + base64 + "\",\"x\":\"==\"}").getBytes(StandardCharsets.US_ASCII);
        assertThat(DecodedOctets.length(json, "{\"Data\":\"".length())).isEqualTo(length);
    }

    @Test
    void whatWasFoundIsNoLimit() {
        DecodedOctets octets = new DecodedOctets(2);
        octets.write(new byte[] {1, 2, 3}, 0, 3);
        octets.write(4);
        assertThat(octets.all()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void oneArrayIsEnoughWhereTheLengthWasRight() {
        DecodedOctets octets = new DecodedOctets(3);
        octets.write(new byte[] {1, 2, 3}, 0, 3);
        assertThat(octets.all()).isSameAs(octets.all());
    }
}
