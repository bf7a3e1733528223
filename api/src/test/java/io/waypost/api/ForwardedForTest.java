package io.waypost.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.CidrBlock;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedForTest {

    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");

    private final ForwardedFor forwarded =
            new ForwardedFor(List.of(CidrBlock.of("10.0.0.0/8"), CidrBlock.of("2001:db8:1::/48")));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # what it is                              | the header                                      | who asks
            the client of one proxy                   | 192.0.2.7                                       | 192.0.2.7
            blanks                                    | '  192.0.2.7  '                                 | 192.0.2.7
            a port                                    | 192.0.2.7:4711                                  | 192.0.2.7
            IPv6                                      | 2001:db8::7                                     | 2001:db8:0:0:0:0:0:7
            IPv6 in brackets                          | [2001:db8::7]                                   | 2001:db8:0:0:0:0:0:7
            IPv6 in brackets with a port              | [2001:db8::7]:4711                              | 2001:db8:0:0:0:0:0:7
            two proxies                               | 192.0.2.7, 10.9.9.9                             | 192.0.2.7
            a proxy of IPv6                           | 192.0.2.7, 2001:db8:1::5                        | 192.0.2.7
            whatever the client itself wrote          | 198.51.100.1, 192.0.2.7                         | 192.0.2.7
            a client that names a proxy               | 198.51.100.1, 10.0.0.5, 192.0.2.7               | 192.0.2.7
            only proxies                              | 10.0.0.3, 10.0.0.2                              | 10.0.0.3
            nothing                                   | ''                                              | 10.0.0.1
            nothing behind a comma                    | '192.0.2.7,'                                    | 10.0.0.1
            an unknown client                         | unknown                                         | 10.0.0.1
            an unknown client behind two proxies      | unknown, 10.0.0.2                               | 10.0.0.2
            a name                                    | client.example.com                              | 10.0.0.1
            a short form of an address                | 127.1                                           | 10.0.0.1
            a number                                  | 3221225985                                      | 10.0.0.1
            too large an octet                        | 192.0.2.256                                     | 10.0.0.1
            an interface                              | fe80::1%eth0                                    | 10.0.0.1
            brackets that do not end                  | [2001:db8::7                                    | 10.0.0.1
            two colons twice                          | 2001::db8::7                                    | 10.0.0.1
            IPv4 in IPv6                              | ::ffff:192.0.2.7                                | 192.0.2.7
            """)
    void theLastOneWhoIsNoProxyAsks(String what, String header, String client) {
        assertThat(forwarded.client(PROXY, List.of(header)).getHostAddress()).isEqualTo(client);
    }

    @Test
    void severalFieldsAreOneList() {
        assertThat(forwarded.client(PROXY, List.of("198.51.100.1", "192.0.2.7", "10.0.0.2")))
                .isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(forwarded.client(PROXY, List.of())).isEqualTo(PROXY);
    }

    @Test
    void nobodyElseIsBelieved() {
        InetAddress stranger = InetAddress.ofLiteral("198.51.100.1");
        assertThat(forwarded.client(stranger, List.of("192.0.2.7"))).isEqualTo(stranger);
        assertThat(ForwardedFor.NOBODY.client(PROXY, List.of("192.0.2.7"))).isEqualTo(PROXY);
    }
}
