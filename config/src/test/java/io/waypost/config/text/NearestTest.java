package io.waypost.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void theNearestWordIsOfferedOrAllOfThem() {
        assertThat(Nearest.hint("lisetners", List.of("listeners", "limits"))).isEqualTo("; did you mean 'listeners'?");
        assertThat(Nearest.hint("LIMITS", List.of("listeners", "limits"))).isEqualTo("; did you mean 'limits'?");
        assertThat(Nearest.hint("colour", List.of("listeners", "limits"))).isEqualTo("; known here: listeners, limits");
        assertThat(Nearest.hint("x", List.of())).isEmpty();
        assertThat(Nearest.hint("x".repeat(100_000), List.of("limits"))).isEmpty();
    }

    @Property(tries = 500)
    void distanceIsADistance(@ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
        assertThat(Nearest.distance(a, a)).isZero();
        assertThat(Nearest.distance(a, b)).isEqualTo(Nearest.distance(b, a));
        assertThat(Nearest.distance(a, b))
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }
}
