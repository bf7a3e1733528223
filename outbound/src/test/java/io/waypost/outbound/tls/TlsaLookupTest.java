package io.waypost.outbound.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.port.Dns.Tlsa;
import io.waypost.outbound.testing.TableDns;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsaLookupTest {

    private static final String HOST = "mx.example";
    private static final String END = "host.provider.example";
    private static final Tlsa AT_HOST = new Tlsa(3, 1, 1, "aa".repeat(32));
    private static final Tlsa AT_END = new Tlsa(3, 1, 1, "bb".repeat(32));

    private static TableDns both(TableDns dns) {
        return dns.cname(HOST, "between.example")
                .cname("between.example", END)
                .a(END, "192.0.2.1")
                .tlsa("_25._tcp." + HOST, AT_HOST)
                .tlsa("_25._tcp." + END, AT_END)
                .signed("_25._tcp." + HOST, "_25._tcp." + END);
    }

    private static Arguments row(String name, String source, UnaryOperator<TableDns> zone, TlsaLookup.Answer expected) {
        return Arguments.of(name, source, zone, expected);
    }

    private static TlsaLookup.Answer records(String base, Tlsa record) {
        return new TlsaLookup.Answer.Records(base, List.of(record));
    }

    static Stream<Arguments> zones() {
        return Stream.of(
                row(
                        "a name that is no alias",
                        "RFC 7672 2.2.3",
                        dns -> dns.a(HOST, "192.0.2.1")
                                .tlsa("_25._tcp." + HOST, AT_HOST)
                                .signed(HOST, "_25._tcp." + HOST),
                        records(HOST, AT_HOST)),
                row(
                        "secure aliases: the end comes first",
                        "RFC 7672 2.2.3",
                        dns -> both(dns).signed(HOST, "between.example", END),
                        records(END, AT_END)),
                row(
                        "secure aliases to a name without records",
                        "RFC 7672 2.2.3",
                        dns -> dns.cname(HOST, END)
                                .a(END, "192.0.2.1")
                                .tlsa("_25._tcp." + HOST, AT_HOST)
                                .signed(HOST, END, "_25._tcp." + HOST),
                        records(HOST, AT_HOST)),
                row(
                        "secure aliases to a name whose records nobody vouches for",
                        "RFC 7672 2.2.3",
                        dns -> dns.cname(HOST, END)
                                .a(END, "192.0.2.1")
                                .tlsa("_25._tcp." + HOST, AT_HOST)
                                .tlsa("_25._tcp." + END, AT_END)
                                .signed(HOST, END, "_25._tcp." + HOST),
                        records(HOST, AT_HOST)),
                row(
                        "an alias on the way that nobody vouches for",
                        "RFC 7672 2.1.3",
                        dns -> both(dns).signed(HOST, END),
                        records(HOST, AT_HOST)),
                row(
                        "no records at either",
                        "RFC 7672 2.2.3",
                        dns -> dns.cname(HOST, END).a(END, "192.0.2.1").signed(HOST, END),
                        new TlsaLookup.Answer.None()),
                row(
                        "records at the end that cannot be had",
                        "RFC 7672 2.2",
                        dns -> both(dns).signed(HOST, "between.example", END).failing("_25._tcp." + END),
                        new TlsaLookup.Answer.Unknown("SERVFAIL")),
                row(
                        "an alias that cannot be had",
                        "RFC 7672 2.2",
                        dns -> both(dns).signed(HOST, "between.example", END).failing("CNAME between.example"),
                        new TlsaLookup.Answer.Unknown("SERVFAIL")),
                row(
                        "aliases that go round in circles",
                        "RFC 1034 3.6.2",
                        dns -> dns.cname(HOST, END)
                                .cname(END, HOST)
                                .tlsa("_25._tcp." + HOST, AT_HOST)
                                .signed(HOST, END, "_25._tcp." + HOST),
                        records(HOST, AT_HOST)));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("zones")
    void recordsAreFoundWhereTheyCount(
            String name, String source, UnaryOperator<TableDns> zone, TlsaLookup.Answer expected) {
        assertThat(new TlsaLookup(zone.apply(new TableDns())).of(HOST, 25)).isEqualTo(expected);
    }
}
