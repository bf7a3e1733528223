package io.waypost.smtp.checks.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Cidr;
import io.waypost.smtp.checks.client.IpFilter.Policy;
import io.waypost.smtp.checks.client.IpFilters.Allowed;
import io.waypost.smtp.checks.client.IpFilters.Blocked;
import io.waypost.smtp.checks.client.IpFilters.Open;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpFiltersTest {

    // In the second column + allows and - blocks; each filter is called by its range.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no filter, IPv4                              |                                          | 203.0.113.9     | open
            no filter, IPv6                              |                                          | 2001:db8::9     | open
            one address                                  | -203.0.113.9                             | 203.0.113.9     | blocked 203.0.113.9
            the address below it                         | -203.0.113.9                             | 203.0.113.8     | open
            the address above it                         | -203.0.113.9                             | 203.0.113.10    | open
            a network's first address                    | -203.0.113.0/24                          | 203.0.113.0     | blocked 203.0.113.0/24
            a network's last address                     | -203.0.113.0/24                          | 203.0.113.255   | blocked 203.0.113.0/24
            the address before a network                 | -203.0.113.0/24                          | 203.0.112.255   | open
            the address behind a network                 | -203.0.113.0/24                          | 203.0.114.0     | open
            a prefix within an octet, inside             | -203.0.113.64/26                         | 203.0.113.127   | blocked 203.0.113.64/26
            a prefix within an octet, outside            | -203.0.113.64/26                         | 203.0.113.128   | open
            a prefix of one bit, inside                  | -128.0.0.0/1                             | 203.0.113.9     | blocked 128.0.0.0/1
            a prefix of one bit, outside                 | -128.0.0.0/1                             | 127.255.255.255 | open
            a network written by another address of it   | -203.0.113.77/24                         | 203.0.113.9     | blocked 203.0.113.77/24
            allow beats block, allow more specific       | -203.0.113.0/24 +203.0.113.7             | 203.0.113.7     | allowed 203.0.113.7
            allow beats block, block more specific       | +203.0.113.0/24 -203.0.113.7             | 203.0.113.7     | allowed 203.0.113.0/24
            allow beats block, the same range            | -203.0.113.7 +203.0.113.7                | 203.0.113.7     | allowed 203.0.113.7
            allow beats block, whatever comes first      | +203.0.113.7 -203.0.113.0/24             | 203.0.113.7     | allowed 203.0.113.7
            its neighbour is blocked still               | -203.0.113.0/24 +203.0.113.7             | 203.0.113.8     | blocked 203.0.113.0/24
            an allow alone blocks nobody                 | +203.0.113.7                             | 203.0.113.8     | open
            allow-list mode, on the list                 | -0.0.0.0/0 +198.51.100.0/24 +203.0.113.7 | 198.51.100.200  | allowed 198.51.100.0/24
            allow-list mode, also on the list            | -0.0.0.0/0 +198.51.100.0/24 +203.0.113.7 | 203.0.113.7     | allowed 203.0.113.7
            allow-list mode, not on the list             | -0.0.0.0/0 +198.51.100.0/24 +203.0.113.7 | 203.0.113.8     | blocked 0.0.0.0/0
            allow-list mode holds for loopback           | -0.0.0.0/0 +198.51.100.0/24              | 127.0.0.1       | blocked 0.0.0.0/0
            all of IPv4 is not all of IPv6               | -0.0.0.0/0                               | 2001:db8::9     | open
            all of IPv6 is not all of IPv4               | -::/0                                    | 203.0.113.9     | open
            all of IPv6                                  | -::/0                                    | 2001:db8::9     | blocked ::/0
            an IPv6 network, inside                      | -2001:db8:bad::/48                       | 2001:db8:bad:ffff::1 | blocked 2001:db8:bad::/48
            an IPv6 network, outside                     | -2001:db8:bad::/48                       | 2001:db8:bae::1 | open
            an IPv6 prefix within an octet, inside       | -2001:db8::/33                           | 2001:db8:7fff::1 | blocked 2001:db8::/33
            an IPv6 prefix within an octet, outside      | -2001:db8::/33                           | 2001:db8:8000::1 | open
            one IPv6 address                             | -2001:db8::9                             | 2001:db8::9     | blocked 2001:db8::9
            an IPv6 allow within an IPv6 block           | -2001:db8::/32 +2001:db8:1::/48          | 2001:db8:1::1   | allowed 2001:db8:1::/48
            an IPv6 prefix longer than IPv4 has bits     | -2001:db8::/64 -203.0.113.0/24           | 203.0.113.9     | blocked 203.0.113.0/24
            equal first bits in both families            | -2001::/16                               | 32.1.0.1        | open
            the most specific block is named             | -203.0.0.0/8 -203.0.113.0/24 -203.0.0.0/16 | 203.0.113.9   | blocked 203.0.113.0/24
            the most specific allow is named             | +203.0.0.0/8 +203.0.113.0/24 +203.0.0.0/16 | 203.0.113.9   | allowed 203.0.113.0/24
            """)
    void whoMayCome(String name, String filters, String address, String expected) {
        assertThat(answer(filters(filters), InetAddress.ofLiteral(address)))
                .as(name)
                .isEqualTo(expected);
    }

    // RFC 4291 2.5.5.2
    @Test
    void anIpv4MappedAddressIsAnIpv4One() throws Exception {
        byte[] octets = new byte[16];
        octets[10] = octets[11] = (byte) 0xff;
        System.arraycopy(InetAddress.ofLiteral("203.0.113.9").getAddress(), 0, octets, 12, 4);
        InetAddress mapped = Inet6Address.getByAddress(null, octets, -1);
        assertThat(mapped.getAddress()).hasSize(16);

        assertThat(answer(filters("-203.0.113.0/24"), mapped)).isEqualTo("blocked 203.0.113.0/24");
        assertThat(answer(filters("-::/0"), mapped)).isEqualTo("open");
        assertThat(answer(filters("-::ffff:203.0.113.9"), mapped)).isEqualTo("blocked ::ffff:203.0.113.9");
    }

    @Test
    void ofTwoFiltersForOneRangeTheFirstIsNamed() {
        IpFilters filters = new IpFilters(List.of(
                new IpFilter(Policy.BLOCK, Cidr.of("203.0.113.0/24"), "first"),
                new IpFilter(Policy.BLOCK, Cidr.of("203.0.113.1/24"), "second")));

        assertThat(answer(filters, InetAddress.ofLiteral("203.0.113.9"))).isEqualTo("blocked first");
    }

    /** Each of 20,000 filters is found, and none beside them. */
    @Test
    void manyFiltersAreTakenApart() {
        List<IpFilter> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(new IpFilter(Policy.BLOCK, Cidr.of(address(i) + "/31"), "f" + i));
        }
        IpFilters filters = new IpFilters(many);

        for (int i = 0; i < 20_000; i++) {
            assertThat(filters.answer(InetAddress.ofLiteral(address(i)))).isEqualTo(new Blocked("f" + i));
        }
        assertThat(filters.answer(InetAddress.ofLiteral(address(20_000)))).isEqualTo(new Open());
    }

    private static String address(int i) {
        return "198." + (i >> 15) + "." + (i >> 7 & 255) + "." + (i << 1 & 255);
    }

    private static IpFilters filters(String text) {
        return new IpFilters(
                text == null
                        ? List.of()
                        : Arrays.stream(text.split(" "))
                                .map(filter -> new IpFilter(
                                        filter.charAt(0) == '+' ? Policy.ALLOW : Policy.BLOCK,
                                        Cidr.of(filter.substring(1)),
                                        filter.substring(1)))
                                .toList());
    }

    private static String answer(IpFilters filters, InetAddress address) {
        return switch (filters.answer(address)) {
            case Allowed(String by) -> "allowed " + by;
            case Blocked(String by) -> "blocked " + by;
            case Open _ -> "open";
        };
    }
}
