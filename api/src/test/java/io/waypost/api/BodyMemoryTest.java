package io.waypost.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.ClientNetwork;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private static final ClientNetwork ONE = ClientNetwork.of(InetAddress.ofLiteral("192.0.2.1"));
    private static final ClientNetwork OTHER = ClientNetwork.of(InetAddress.ofLiteral("192.0.2.2"));

    private final BodyMemory memory = new BodyMemory(100, 75);

    @Test
    void oneClientLeavesSomeToOthers() {
        assertThat(memory.take(ONE, 75)).isTrue();
        assertThat(memory.take(ONE, 1)).isFalse();
        assertThat(memory.take(OTHER, 25)).isTrue();
        assertThat(memory.left()).isZero();
    }

    @Test
    void allTogetherGetNoMoreThanThereIs() {
        assertThat(memory.take(ONE, 75)).isTrue();
        assertThat(memory.take(OTHER, 26)).isFalse();
        assertThat(memory.left()).isEqualTo(25);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        assertThat(memory.take(ONE, 75)).isTrue();
        memory.giveBack(ONE, 25);
        assertThat(memory.take(ONE, 26)).isFalse();
        assertThat(memory.take(ONE, 25)).isTrue();
        memory.giveBack(ONE, 75);
        assertThat(memory.left()).isEqualTo(100);
        assertThat(memory.take(OTHER, 75)).isTrue();
    }
}
