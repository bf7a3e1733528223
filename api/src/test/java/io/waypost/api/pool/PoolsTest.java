package io.waypost.api.pool;

import static io.waypost.api.FrontCalls.json;
import static io.waypost.api.FrontCalls.refusal;
import static io.waypost.api.FrontCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.FrontCalls;
import io.waypost.api.MemorySettings;
import io.waypost.api.aws.Operations;
import io.waypost.api.identity.Ticking;
import io.waypost.api.identity.v2.TagOperations;
import io.waypost.message.Scope;
import io.waypost.outbound.port.SourceAddressChanges.Change;
import io.waypost.outbound.port.SourceAddressChanges.Warmth;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools and the addresses in them, through the API of 2019. */
class PoolsTest {

    private static final Scope HOME = new Scope("123456789012", "us-east-1");
    private static final InetAddress OLD = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress FRESH = InetAddress.ofLiteral("192.0.2.2");
    private static final List<OwnAddress> OWN = List.of(
            new OwnAddress(OLD, "default", Optional.empty(), 28),
            new OwnAddress(FRESH, "default", Optional.of(LocalDate.parse("2026-11-24")), 10),
            new OwnAddress(InetAddress.ofLiteral("2001:db8::1"), "bulk", Optional.empty(), 28));

    private final MemorySettings settings = new MemorySettings();
    private final Ticking clock = new Ticking(Instant.parse("2026-11-26T12:00:00Z"));
    private PoolBook book;
    private FrontCalls calls;

    @BeforeEach
    void open() throws Exception {
        book = PoolBook.load(settings, List.of("default", "bulk"), OWN, HOME.account(), clock);
        calls = as(HOME);
    }

    private FrontCalls as(Scope scope) {
        return new FrontCalls(
                new Operations.Builder()
                        .add(new PoolOperations(book))
                        .add(new TagOperations(List.of(book)))
                        .build(),
                scope);
    }

    private String shown(String ip) {
        return text(calls.rest("GET", "/dedicated-ips/" + ip, null));
    }

    private static String address(String ip, String status, int percentage, String pool) {
        return "{\"DedicatedIp\":{\"Ip\":\"" + ip + "\",\"WarmupStatus\":\"" + status + "\",\"WarmupPercentage\":"
                + percentage + ",\"PoolName\":\"" + pool + "\"}}";
    }

    private void move(String ip, String pool) {
        assertThat(text(calls.rest(
                        "PUT", "/dedicated-ips/" + ip + "/pool", "{\"DestinationPoolName\":\"" + pool + "\"}")))
                .isEqualTo("{}");
    }

    private void warm(String ip, int percentage) {
        assertThat(text(calls.rest(
                        "PUT", "/dedicated-ips/" + ip + "/warmup", "{\"WarmupPercentage\":" + percentage + "}")))
                .isEqualTo("{}");
    }

    @Test
    void addressesAreThoseOfTheFile() throws Exception {
        assertThat(shown("192.0.2.1")).isEqualTo(address("192.0.2.1", "NOT_APPLICABLE", 100, "default"));
        assertThat(shown("192.0.2.2")).isEqualTo(address("192.0.2.2", "IN_PROGRESS", 20, "default"));
        assertThat(json(calls.rest("GET", "/dedicated-ips?PageSize=2", null))
                        .path("DedicatedIps")
                        .findValuesAsText("PoolName"))
                .containsExactly("bulk", "default");
        assertThat(refusal(calls.rest("GET", "/dedicated-ips/192.0.2.3", null)))
                .isEqualTo("NotFoundException: IP <192.0.2.3> doesn't exist");
        assertThat(book.changes().all()).isEmpty();
        clock.forward(Duration.ofDays(8));
        assertThat(shown("192.0.2.2")).isEqualTo(address("192.0.2.2", "DONE", 100, "default"));
    }

    @Test
    void anAddressMovesAndStaysThereOverARestart() throws Exception {
        calls.rest("POST", "/dedicated-ip-pools", "{\"PoolName\":\"mine\"}");
        move("192.0.2.1", "mine");
        open();
        assertThat(shown("192.0.2.1")).isEqualTo(address("192.0.2.1", "NOT_APPLICABLE", 100, "mine"));
        assertThat(book.changes().all())
                .containsOnlyKeys(OLD)
                .containsValue(new Change(Optional.of("mine"), Optional.empty()));
        assertThat(json(calls.rest("GET", "/dedicated-ips?PoolName=mine", null))
                        .path("DedicatedIps")
                        .findValuesAsText("Ip"))
                .containsExactly("192.0.2.1");

        move("192.0.2.1", "default");
        assertThat(book.changes().all()).isEmpty();
        move("192.0.2.1", "mine");
        calls.rest("DELETE", "/dedicated-ip-pools/mine", null);
        assertThat(shown("192.0.2.1")).as("where the file has it").contains("\"default\"");
    }

    @Test
    void aWarmUpGoesOnFromWhatWasSaid() throws Exception {
        warm("192.0.2.2", 50);
        assertThat(shown("192.0.2.2")).isEqualTo(address("192.0.2.2", "IN_PROGRESS", 50, "default"));
        assertThat(book.changes().all().get(FRESH))
                .isEqualTo(new Change(Optional.empty(), Optional.of(new Warmth(50, LocalDate.parse("2026-11-26")))));
        clock.forward(Duration.ofDays(1));
        open();
        assertThat(shown("192.0.2.2")).isEqualTo(address("192.0.2.2", "IN_PROGRESS", 60, "default"));
        warm("192.0.2.2", 100);
        assertThat(shown("192.0.2.2")).isEqualTo(address("192.0.2.2", "DONE", 100, "default"));
        warm("192.0.2.1", 0);
        assertThat(shown("192.0.2.1")).as("an old one, begun anew").contains("IN_PROGRESS", ":0,");
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        assertThat(refusal(calls.rest("PUT", "/dedicated-ips/192.0.2.1/pool", "{\"DestinationPoolName\":\"none\"}")))
                .isEqualTo("NotFoundException: SendingPool <none> doesn't exist");
        assertThat(refusal(calls.rest("PUT", "/dedicated-ips/192.0.2.9/pool", "{\"DestinationPoolName\":\"bulk\"}")))
                .isEqualTo("NotFoundException: IP <192.0.2.9> doesn't exist");
        assertThat(refusal(calls.rest("PUT", "/dedicated-ips/192.0.2.1/warmup", "{\"WarmupPercentage\":101}")))
                .isEqualTo("BadRequestException: The warmup percentage must be between 0 and 100: 101");
        FrontCalls other = as(new Scope("222222222222", "us-east-1"));
        assertThat(refusal(other.rest("PUT", "/dedicated-ips/192.0.2.1/pool", "{\"DestinationPoolName\":\"bulk\"}")))
                .isEqualTo(
                        "AccessDeniedException: The addresses of this server can be changed only by its first account.");
        assertThat(refusal(other.rest("PUT", "/dedicated-ips/192.0.2.1/warmup", "{\"WarmupPercentage\":1}")))
                .startsWith("AccessDeniedException: ");
    }

    @Test
    void poolsHaveTags() throws Exception {
        calls.rest("POST", "/dedicated-ip-pools", "{\"PoolName\":\"mine\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}");
        String arn = "arn:aws:ses:us-east-1:123456789012:dedicated-ip-pool/";
        calls.rest("POST", "/tags", "{\"ResourceArn\":\"" + arn + "mine\",\"Tags\":[{\"Key\":\"c\",\"Value\":\"d\"}]}");
        assertThat(text(calls.rest("GET", "/tags?ResourceArn=" + arn + "mine", null)))
                .isEqualTo("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"},{\"Key\":\"c\",\"Value\":\"d\"}]}");
        assertThat(text(calls.rest("GET", "/tags?ResourceArn=" + arn + "bulk", null)))
                .isEqualTo("{\"Tags\":[]}");
        assertThat(refusal(calls.rest(
                        "POST",
                        "/tags",
                        "{\"ResourceArn\":\"" + arn + "bulk\",\"Tags\":[{\"Key\":\"c\",\"Value\":\"d\"}]}")))
                .contains("stands in the server's configuration");
        assertThat(refusal(calls.rest("GET", "/tags?ResourceArn=" + arn + "none", null)))
                .isEqualTo("NotFoundException: SendingPool <none> doesn't exist");
    }
}
