package io.waypost.api.aws.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.AuthenticationException.Fault;
import io.waypost.api.aws.ClientNetwork;
import io.waypost.api.aws.WireRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureLimitTest {

    private final AtomicInteger refused = new AtomicInteger();

    private static WireRequest from(String address) {
        return new WireRequest("GET", "/", "", Map.of(), new byte[0], new ClientNetwork(address));
    }

    private static Fault fault(FailureLimit limit, String address) {
        return catchThrowableOfType(AuthenticationException.class, () -> limit.caller(from(address), "ses", "id"))
                .fault();
    }

    @ParameterizedTest(name = "{0} counts: {1}")
    @CsvSource({
        "UNKNOWN_KEY, true",
        "WRONG_SIGNATURE, true",
        "MISSING, false",
        "INCOMPLETE, false",
        "EXPIRED, false",
        "DENIED, false"
    })
    void whatCounts(Fault kind, boolean counts) {
        FailureLimit limit = new FailureLimit(
                (request, service, id) -> {
                    throw new AuthenticationException(kind, "no");
                },
                2,
                () -> 0,
                refused::incrementAndGet);
        assertThat(fault(limit, "192.0.2.1")).isEqualTo(kind);
        assertThat(fault(limit, "192.0.2.1")).isEqualTo(kind);

        assertThat(fault(limit, "192.0.2.1")).isEqualTo(counts ? Fault.TOO_OFTEN : kind);
        assertThat(fault(limit, "192.0.2.2")).isEqualTo(kind);
        assertThat(refused).hasValue(counts ? 1 : 0);
    }
}
