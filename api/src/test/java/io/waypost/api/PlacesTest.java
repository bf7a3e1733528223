package io.waypost.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.Places.Taken;
import io.waypost.api.aws.ClientNetwork;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final ClientNetwork ONE = new ClientNetwork("192.0.2.1");
    private static final ClientNetwork OTHER = new ClientNetwork("192.0.2.2");

    @Test
    void aShareForEachAndALimitForAll() {
        Places places = new Places(3, 2);
        assertThat(places.take(ONE)).isEqualTo(Taken.YES);
        assertThat(places.take(ONE)).isEqualTo(Taken.YES);
        assertThat(places.take(ONE)).isEqualTo(Taken.CLIENT_HAS_ITS_SHARE);
        assertThat(places.take(OTHER)).isEqualTo(Taken.YES);
        assertThat(places.take(OTHER)).isEqualTo(Taken.ALL_ARE_TAKEN);
        places.giveBack(ONE);
        assertThat(places.take(OTHER)).isEqualTo(Taken.YES);
    }

    @Test
    void nothingIsKeptOfThoseWhoHoldNone() {
        Places places = new Places(10, 2);
        for (int i = 0; i < 10_000; i++) {
            ClientNetwork client = new ClientNetwork("sprayed " + i);
            assertThat(places.take(client)).isEqualTo(Taken.YES);
            places.giveBack(client);
        }
        assertThat(places.clients()).isZero();
    }
}
