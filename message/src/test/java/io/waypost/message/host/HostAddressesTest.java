package io.waypost.message.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.port.Dns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressesTest {

    @TempDir
    Path folder;

    /** Knows one name by IPv4, one by both, and fails for one. */
    private static final class Names implements Dns {
        @Override
        public Answer<InetAddress> addresses(String name, Family family) {
            boolean four = family == Family.IPV4;
            return switch (name) {
                case "four.example", "host1" -> four ? found("192.0.2.4") : new NoRecords<>();
                case "both.example" -> found(four ? "192.0.2.5" : "2001:db8::5");
                case "silent.example" -> four ? new Unknown<>("silence") : new NoRecords<>();
                default -> new NoName<>();
            };
        }

        private static Answer<InetAddress> found(String address) {
            return new Found<>(List.of(InetAddress.ofLiteral(address)), false);
        }

        @Override
        public Answer<Exchanger> exchangers(String name) {
            throw new AssertionError("nobody asks for exchangers of " + name);
        }

        @Override
        public Answer<String> texts(String name) {
            throw new AssertionError("nobody asks for texts of " + name);
        }

        @Override
        public Answer<String> names(InetAddress address) {
            throw new AssertionError("nobody asks for names of " + address);
        }

        @Override
        public Answer<Tlsa> certificates(String name) {
            throw new AssertionError("nobody asks for certificates of " + name);
        }
    }

    private HostAddresses hosts() throws IOException {
        Path file = folder.resolve("hosts");
        Files.writeString(file, """
                # a comment
                127.0.0.1 localhost
                192.0.2.9   desk Desk.Example # of the office
                2001:db8::9 desk
                not-an-address broken
                """);
        return new HostAddresses(new Names(), file);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "localhost, 127.0.0.1",
        "app.localhost, 127.0.0.1 0:0:0:0:0:0:0:1",
        "DESK, 192.0.2.9 2001:db8:0:0:0:0:0:9",
        "desk.example, 192.0.2.9",
        "four.example, 192.0.2.4",
        "host1, 192.0.2.4",
        "both.example, 192.0.2.5 2001:db8:0:0:0:0:0:5",
    })
    void eachHostHasItsAddresses(String host, String addresses) throws Exception {
        assertThat(hosts().of(host).stream().map(InetAddress::getHostAddress)).containsExactly(addresses.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere.example, 'the name nowhere.example cannot be resolved: no such name'",
        "silent.example, 'the name silent.example cannot be resolved: silence'",
        "broken, 'the name broken cannot be resolved: no such name'",
        "'', 'the name  cannot be resolved: no such name'",
    })
    void whoCannotBeFoundIsSaidWithTheReason(String host, String reason) throws Exception {
        HostAddresses hosts = hosts();
        assertThatThrownBy(() -> hosts.of(host))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(reason);
    }

    @Test
    void aSystemWithoutTheTableHasDns() throws Exception {
        HostAddresses hosts = new HostAddresses(new Names(), folder.resolve("absent"));
        assertThat(hosts.of("four.example")).hasSize(1);
        assertThat(hosts.of("localhost")).hasSize(2);
    }
}
