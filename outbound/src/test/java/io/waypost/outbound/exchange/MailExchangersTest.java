package io.waypost.outbound.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.outbound.testing.TableDns;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MailExchangersTest {

    private static final Ourselves US = new Ourselves(
            "US.example", Set.of(new InetSocketAddress(InetAddress.ofLiteral("9.9.9.9"), 25)), domain -> domain.name()
                    .equals("ours.example"));

    private static MailExchangers exchangers(TableDns dns, boolean allowPrivate, int seed) {
        return new MailExchangers(dns, US, 25, allowPrivate, new Random(seed));
    }

    private static Exchanges find(TableDns dns, String domain) {
        return exchangers(dns, false, 1).of(new Domain(domain));
    }

    private static Arguments row(String name, String source, Consumer<TableDns> zone, String domain, String expected) {
        return Arguments.of(name, source, zone, domain, expected);
    }

    static Stream<Arguments> domains() {
        return Stream.of(
                row(
                        "the lower preference first",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 20, "two.example")
                                .mx("a.example", 10, "one.example")
                                .a("one.example", "1.1.1.1")
                                .a("two.example", "1.1.1.2"),
                        "a.example",
                        "one.example 1.1.1.1:25, two.example 1.1.1.2:25"),
                row(
                        "IPv6 and IPv4 in turn",
                        "RFC 5321 5.2",
                        dns -> dns.mx("a.example", 10, "one.example").a("one.example", "1.1.1.1", "2606:4700::1"),
                        "a.example",
                        "one.example [2606:4700:0:0:0:0:0:1]:25, one.example 1.1.1.1:25"),
                row(
                        "no MX: the domain's own address",
                        "RFC 5321 5.1",
                        dns -> dns.a("a.example", "1.1.1.1"),
                        "a.example",
                        "a.example 1.1.1.1:25"),
                row(
                        "no MX and no address",
                        "RFC 5321 5.1",
                        dns -> dns.txt("a.example", "x"),
                        "a.example",
                        "5.4.4 the exchangers of a.example have no address: a.example"),
                row("no such domain", "RFC 3463 3.2", dns -> {}, "a.example", "5.1.2 there is no domain a.example"),
                row(
                        "a null MX",
                        "RFC 7505 3",
                        dns -> dns.mx("a.example", 0, "").a("a.example", "1.1.1.1"),
                        "a.example",
                        "5.1.10 the domain a.example does not accept mail"),
                row(
                        "a null MX beside others is none",
                        "RFC 7505 3",
                        dns -> dns.mx("a.example", 0, "")
                                .mx("a.example", 10, "one.example")
                                .a("one.example", "1.1.1.1"),
                        "a.example",
                        "one.example 1.1.1.1:25"),
                row(
                        "the MX look-up fails",
                        "RFC 5321 5.1",
                        dns -> dns.failing("MX a.example"),
                        "a.example",
                        "unknown: SERVFAIL"),
                row(
                        "no address can be had",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 10, "one.example").failing("one.example"),
                        "a.example",
                        "unknown: SERVFAIL"),
                row(
                        "one of two hosts can be found",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 10, "one.example")
                                .mx("a.example", 20, "two.example")
                                .failing("one.example")
                                .a("two.example", "1.1.1.2"),
                        "a.example",
                        "two.example 1.1.1.2:25"),
                row(
                        "no host exists",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 10, "one.example"),
                        "a.example",
                        "5.4.4 the exchangers of a.example have no address: one.example"),
                row(
                        "we are the best, by name",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 10, "us.example")
                                .mx("a.example", 20, "two.example")
                                .a("us.example", "1.1.1.1")
                                .a("two.example", "1.1.1.2"),
                        "a.example",
                        "5.4.6 the mail for a.example would come back to this server"),
                row(
                        "we are the best, by address",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 10, "alias.example").a("alias.example", "9.9.9.9"),
                        "a.example",
                        "5.4.6 the mail for a.example would come back to this server"),
                row(
                        "we are the domain itself",
                        "RFC 5321 5.1",
                        dns -> dns.a("a.example", "9.9.9.9"),
                        "a.example",
                        "5.4.6 the mail for a.example would come back to this server"),
                row(
                        "we are the second: only better ones are left",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 10, "one.example")
                                .mx("a.example", 20, "us.example")
                                .mx("a.example", 20, "equal.example")
                                .mx("a.example", 30, "three.example")
                                .a("one.example", "1.1.1.1")
                                .a("us.example", "1.1.1.2")
                                .a("equal.example", "1.1.1.4")
                                .a("three.example", "1.1.1.3"),
                        "a.example",
                        "one.example 1.1.1.1:25"),
                row(
                        "a domain that we receive for comes back to us",
                        "RFC 5321 5.1",
                        dns -> dns.mx("ours.example", 10, "us.example").a("us.example", "9.9.9.9"),
                        "ours.example",
                        "us.example 9.9.9.9:25"),
                row(
                        "an exchanger in a private network",
                        "RFC 6890",
                        dns -> dns.mx("a.example", 10, "one.example").a("one.example", "127.0.0.1", "10.0.0.1", "::1"),
                        "a.example",
                        "5.4.4 one.example has no address in the public internet"),
                row(
                        "one address of two is private",
                        "RFC 6890",
                        dns -> dns.mx("a.example", 10, "one.example").a("one.example", "192.168.1.1", "1.1.1.1"),
                        "a.example",
                        "one.example 1.1.1.1:25"),
                row("an address literal", "RFC 5321 4.1.3", dns -> {}, "[1.1.1.1]", "1.1.1.1:25"),
                row(
                        "an IPv6 address literal",
                        "RFC 5321 4.1.3",
                        dns -> {},
                        "[IPv6:2606:4700::1]",
                        "[2606:4700:0:0:0:0:0:1]:25"),
                row(
                        "a private address literal",
                        "RFC 6890",
                        dns -> {},
                        "[10.0.0.1]",
                        "5.4.4 10.0.0.1 has no address in the public internet"),
                row("a literal of nothing", "RFC 5321 4.1.3", dns -> {}, "[x]", "5.1.2 [x] is not an address"),
                row(
                        "a domain in letters of its own",
                        "RFC 6531 3.2",
                        dns -> dns.mx("xn--bcher-kva.example", 10, "one.example")
                                .a("one.example", "1.1.1.1"),
                        "b\u00fccher.example",
                        "one.example 1.1.1.1:25"),
                row(
                        "the same address under two names is tried once",
                        "RFC 5321 5.1",
                        dns -> dns.mx("a.example", 10, "one.example")
                                .mx("a.example", 20, "two.example")
                                .a("one.example", "1.1.1.1")
                                .a("two.example", "1.1.1.1"),
                        "a.example",
                        "one.example 1.1.1.1:25"));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("domains")
    void theExchangersOfADomain(String name, String source, Consumer<TableDns> zone, String domain, String expected) {
        TableDns dns = new TableDns();
        zone.accept(dns);
        assertThat(text(find(dns, domain))).isEqualTo(expected);
    }

    private static String text(Exchanges exchanges) {
        return switch (exchanges) {
            case Exchanges.Found found ->
                String.join(
                        ", ", found.inOrder().stream().map(Exchange::toString).toList());
            case Exchanges.Nobody nobody -> nobody.status() + " " + nobody.reason();
            case Exchanges.Unknown unknown -> "unknown: " + unknown.reason();
        };
    }

    @Test
    void equalPreferencesTakeTurnsAtRandom() {
        TableDns dns = new TableDns();
        for (int i = 1; i <= 3; i++) {
            dns.mx("a.example", 10, "h" + i + ".example").a("h" + i + ".example", "1.1.1." + i);
        }
        Set<String> first = new HashSet<>();
        for (int seed = 0; seed < 40; seed++) {
            Exchanges found = exchangers(dns, false, seed).of(new Domain("a.example"));
            first.add(((Exchanges.Found) found).inOrder().getFirst().host());
        }
        assertThat(first).containsExactlyInAnyOrder("h1.example", "h2.example", "h3.example");
    }

    @Test
    void privateExchangersAreFineWhereTheOperatorSaysSo() {
        TableDns dns = new TableDns().mx("a.example", 10, "one.example").a("one.example", "127.0.0.1");
        assertThat(text(exchangers(dns, true, 1).of(new Domain("a.example")))).isEqualTo("one.example 127.0.0.1:25");
    }

    @Test
    void aThousandHostsAreNotAllAskedFor() {
        TableDns dns = new TableDns();
        for (int i = 0; i < 1000; i++) {
            dns.mx("a.example", i, "h" + i + ".example");
        }
        assertThat(find(dns, "a.example")).isInstanceOf(Exchanges.Nobody.class);
        assertThat(dns.questions).hasSize(1 + 2 * MailExchangers.MOST_HOSTS);
    }

    @Test
    void daneIsForHostsWhoseEveryAnswerIsAuthenticated() {
        TableDns dns = new TableDns()
                .mx("a.example", 10, "one.example")
                .mx("a.example", 20, "two.example")
                .a("one.example", "1.1.1.1")
                .a("two.example", "1.1.1.2")
                .signed("a.example", "one.example");
        List<Exchange> found = ((Exchanges.Found) find(dns, "a.example")).inOrder();
        assertThat(found).extracting(Exchange::authenticated).containsExactly(true, false);
        TableDns aliases = new TableDns()
                .mx("a.example", 10, "one.example")
                .mx("a.example", 20, "two.example")
                .cname("one.example", "host.example")
                .cname("two.example", "host2.example")
                .a("host.example", "1.1.1.1")
                .a("host2.example", "1.1.1.2")
                .signed("a.example", "one.example");
        assertThat(((Exchanges.Found) find(aliases, "a.example")).inOrder())
                .as("a signed alias of a name that is not, and one that is not signed itself (RFC 7672 2.1.3)")
                .extracting(Exchange::authenticated)
                .containsExactly(true, false);
        TableDns kept = new TableDns()
                .mx("a.example", 10, "one.example")
                .a("one.example", "1.1.1.1")
                .signed("a.example")
                .failing("CNAME one.example");
        assertThat(((Exchanges.Found) find(kept, "a.example")).inOrder())
                .as("whoever keeps it from us whether it is one gains nothing")
                .extracting(Exchange::authenticated)
                .containsExactly(true);
        TableDns unsigned = new TableDns()
                .mx("a.example", 10, "one.example")
                .a("one.example", "1.1.1.1")
                .signed("one.example");
        assertThat(((Exchanges.Found) find(unsigned, "a.example")).inOrder())
                .extracting(Exchange::authenticated)
                .containsExactly(false);
    }
}
