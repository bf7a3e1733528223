package io.waypost.smtp.checks.spf;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.ReversePath;
import io.waypost.message.Verdict;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.spf.SpfResult.Identity;
import io.waypost.smtp.checks.spf.SpfResult.Result;
import io.waypost.smtp.testing.FakeDns;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfCheckTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.3");

    private final FakeDns dns = new FakeDns();
    private final SpfCheck check =
            new SpfCheck("mx.example", Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC));

    @Test
    void aResultSaysWhatWasCheckedAndWhatDecided() {
        dns.txt("a.example", "v=spf1 include:b.example -all").txt("b.example", "v=spf1 ip4:192.0.2.0/24 -all");

        assertThat(check("Bob@A.Example"))
                .isEqualTo(new SpfResult(
                        Result.PASS,
                        Identity.MAIL_FROM,
                        "a.example",
                        "Bob@a.example",
                        Optional.of("include:b.example"),
                        "a.example lets 192.0.2.3 send (include:b.example)",
                        Optional.empty()));
    }

    @Test
    void aResultOfTheHeloSaysSo() {
        dns.txt("helo.example", "v=spf1 -ALL");

        SpfResult result = check.check(CLIENT, "HELO.example", ReversePath.NULL, dns);

        assertThat(result.identity()).isEqualTo(Identity.HELO);
        assertThat(result.domain()).isEqualTo("helo.example");
        assertThat(result.sender()).isEqualTo("postmaster@helo.example");
        assertThat(result.mechanism()).contains("-ALL");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "v=spf1 -all                 | a.example does not let 192.0.2.3 send (-all)",
                "v=spf1 ~all                 | a.example probably does not let 192.0.2.3 send (~all)",
                "v=spf1 ?all                 | a.example does not say whether 192.0.2.3 may send (?all)",
                "v=spf1                      | a.example does not say whether 192.0.2.3 may send",
                "v=spf2                      | a.example has no SPF record",
                "v=spf1 ip4:192.0.2.300      | record of a.example: syntax error in \"ip4:192.0.2.300\"",
                "v=spf1 ipv4:192.0.2.3       | record of a.example: unknown mechanism \"ipv4:192.0.2.3\"",
                "v=spf1 a:192.0.2.3          | record of a.example: not a domain: \"192.0.2.3\"",
                "v=spf1 exists:%{z}.b.example | record of a.example: \"%{z}.b.example\" has a macro letter that must not be there",
                "v=spf1 include:b.example    | a.example refers to b.example, which has no record",
                "v=spf1 a:down.example       | A of down.example: SERVFAIL",
            })
    void reasonsAreForPeople(String record, String reason) {
        dns.txt("a.example", record).failing("down.example");

        assertThat(check("bob@a.example").reason()).isEqualTo(reason);
    }

    @Test
    void reasonsQuoteRecordsAsPrintableText() {
        dns.txt("a.example", "v=spf1 m\r\n\u001b[2J\u00fc" + "x".repeat(500));

        assertThat(check("bob@a.example").reason())
                .isEqualTo("record of a.example: unknown mechanism \"m???[2J?" + "x".repeat(60 - 3 - 8) + "...\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PASS, PASS",
        "FAIL, FAIL",
        "SOFTFAIL, GRAY",
        "NEUTRAL, GRAY",
        "NONE, GRAY",
        "TEMPERROR, PROCESSING_FAILED",
        "PERMERROR, PROCESSING_FAILED",
    })
    void everyResultIsAVerdict(Result result, Verdict.Status status) {
        SpfResult found = new SpfResult(
                result, Identity.HELO, "a.example", "bob@a.example", Optional.empty(), "why", Optional.empty());

        Verdict verdict = found.verdict(Duration.ofMillis(3));

        assertThat(verdict.status()).isEqualTo(status);
        assertThat(verdict.result()).isEqualTo(result.name().toLowerCase());
        assertThat(verdict.took()).isEqualTo(Duration.ofMillis(3));
    }

    /** The table of RFC 7208 7.4. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "%{s}, strong-bad@email.example.com",
        "%{o}, email.example.com",
        "%{d}, email.example.com",
        "%{d4}, email.example.com",
        "%{d3}, email.example.com",
        "%{d2}, example.com",
        "%{d1}, com",
        "%{dr}, com.example.email",
        "%{d2r}, example.email",
        "%{l}, strong-bad",
        "%{l-}, strong.bad",
        "%{lr}, strong-bad",
        "%{lr-}, bad.strong",
        "%{l1r-}, strong",
        "%{ir}.%{v}._spf.%{d2}, 3.2.0.192.in-addr._spf.example.com",
        "%{lr-}.lp._spf.%{d2}, bad.strong.lp._spf.example.com",
        "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}, bad.strong.lp.3.2.0.192.in-addr._spf.example.com",
        "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}, 3.2.0.192.in-addr.strong.lp._spf.example.com",
        "%{d2}.trusted-domains.example.net, example.com.trusted-domains.example.net",
        "%{S}, strong-bad%40email.example.com",
        "%{DR}, com.example.email",
        "%{i1r}, 192",
    })
    void macrosAreExpanded(String macros, String expanded) {
        dns.txt("email.example.com", "v=spf1 -all exp=exp.example.com").txt("exp.example.com", macros);

        assertThat(check("strong-bad@email.example.com").explanation()).contains(expanded);
    }

    @Test
    void anInterruptedCheckAsksNothingMore() {
        dns.txt("a.example", "v=spf1 a:b.example a:c.example -all exp=d.example");
        Dns interrupting = new ForwardingDns(dns) {
            @Override
            public Answer<InetAddress> addresses(String name, Family family) {
                Thread.currentThread().interrupt();
                return super.addresses(name, family);
            }
        };

        SpfResult result = check.check(CLIENT, "helo", ReversePath.parse("bob@a.example"), interrupting);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.result()).isEqualTo(Result.TEMPERROR);
        assertThat(dns.questions).containsExactly("TXT a.example", "A b.example");
    }

    @Test
    void aMappedAddressInAnAnswerMatchesNoIpv6Client() {
        dns.txt("a.example", "v=spf1 a//96 -all");
        Dns mapped = new ForwardingDns(dns) {
            @Override
            public Answer<InetAddress> addresses(String name, Family family) {
                return new Found<>(List.of(InetAddress.ofLiteral("::ffff:192.0.2.3")), false);
            }
        };

        SpfResult result =
                check.check(InetAddress.ofLiteral("2001:db8::1"), "helo", ReversePath.parse("bob@a.example"), mapped);

        assertThat(result.result()).isEqualTo(Result.FAIL);
    }

    @Test
    void aMappedClientIsAnIpv4Client() throws UnknownHostException {
        byte[] octets = new byte[16];
        octets[10] = -1;
        octets[11] = -1;
        System.arraycopy(CLIENT.getAddress(), 0, octets, 12, 4);
        InetAddress mapped = Inet6Address.getByAddress(null, octets, -1);
        dns.txt("a.example", "v=spf1 ip4:192.0.2.3 -all");

        SpfResult result = check.check(mapped, "helo", ReversePath.parse("bob@a.example"), dns);

        assertThat(mapped).isInstanceOf(Inet6Address.class);
        assertThat(result.result()).isEqualTo(Result.PASS);
        assertThat(ReceivedSpf.value(result, mapped, "helo")).contains("client-ip=192.0.2.3;");
    }

    private SpfResult check(String from) {
        return check.check(CLIENT, "mail.example", ReversePath.parse(from), dns);
    }
}
