package io.waypost.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OctetsTest {

    @Test
    void findsTheFirstOfEveryOctetAtEveryPlace() {
        for (int value = 0; value < 256; value++) {
            for (int place = 0; place < 70; place++) {
                byte[] octets = "abcdefghij".repeat(7).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                octets[place] = (byte) value;
                boolean wanted = value == 0 || value == '\r' || value == '\n';
                assertThat(Octets.nextControl(octets, 0, 70)).isEqualTo(wanted ? place : 70);
            }
        }
    }

    @Test
    void agreesWithAPlainLoopOnNoise() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(100)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(20) == 0 ? random.nextInt(16) : random.nextInt(256));
            }
            int from = octets.length == 0 ? 0 : random.nextInt(octets.length);
            int plain = from;
            while (plain < octets.length && octets[plain] != 0 && octets[plain] != '\r' && octets[plain] != '\n') {
                plain++;
            }
            assertThat(Octets.nextControl(octets, from, octets.length)).isEqualTo(plain);
        }
    }
}
