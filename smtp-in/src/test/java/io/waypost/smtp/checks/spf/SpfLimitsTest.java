package io.waypost.smtp.checks.spf;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.ReversePath;
import io.waypost.smtp.checks.spf.SpfResult.Result;
import io.waypost.smtp.testing.FakeDns;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much one check may ask (RFC 7208 4.6.4, 11.1). */
class SpfLimitsTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

    private final FakeDns dns = new FakeDns();

    @Test
    void aPlainRecordIsOneQuestion() {
        dns.txt("a.example", "v=spf1 ip4:192.0.2.1 mx -all");

        assertThat(check("bob@a.example").result()).isEqualTo(Result.PASS);
        assertThat(dns.questions).containsExactly("TXT a.example");
    }

    @Test
    void whatIsNoFullNameIsNoQuestion() {
        check("bob@localhost");
        check("bob@[192.0.2.1]");
        check("");

        assertThat(dns.questions).isEmpty();
    }

    @Test
    void aSyntaxErrorIsFoundBeforeAnyTermIsAsked() {
        dns.txt("a.example", "v=spf1 mx a moo");

        assertThat(check("bob@a.example").result()).isEqualTo(Result.PERMERROR);
        assertThat(dns.questions).containsExactly("TXT a.example");
    }

    @Test
    void tenTermsOfTenExchangersAreTheMost() {
        dns.txt("a.example", "v=spf1 " + "mx ".repeat(10) + "-all exp=exp.%{p}");
        exchangers(i -> dns.a("mx" + i + ".a.example", "198.51.100." + i));
        names();

        assertThat(check("bob@a.example").result()).isEqualTo(Result.FAIL);
        assertThat(dns.questions).hasSize(1 + 10 * (1 + 10) + 1 + 10 + 1).contains("PTR 192.0.2.1", "TXT exp.unknown");
    }

    @Test
    void aWorseRecordEndsAtTheEleventhTerm() {
        dns.txt("a.example", "v=spf1 " + "mx ".repeat(1000) + "-all");
        exchangers(i -> dns.a("mx" + i + ".a.example", "198.51.100." + i));

        SpfResult result = check("bob@a.example");

        assertThat(result.result()).isEqualTo(Result.PERMERROR);
        assertThat(result.reason()).isEqualTo("more than 10 terms that ask DNS");
        assertThat(dns.questions).hasSize(1 + 10 * (1 + 10));
    }

    @Test
    void exchangersThatDoNotExistEndAtTheThirdTerm() {
        dns.txt("a.example", "v=spf1 " + "mx ".repeat(10) + "-all");
        exchangers(i -> {});

        SpfResult result = check("bob@a.example");

        assertThat(result.result()).isEqualTo(Result.PERMERROR);
        assertThat(result.reason()).isEqualTo("more than 2 terms that find nothing in DNS");
        assertThat(dns.questions).hasSize(1 + 2 * (1 + 10) + 1 + 1);
    }

    @Test
    void anExchangerLimitIsFoundBeforeAnyOfThemIsAsked() {
        dns.txt("a.example", "v=spf1 mx -all");
        exchangers(i -> dns.a("mx" + i + ".a.example", "192.0.2.1"));
        dns.mx("a.example", 11, "mx11.a.example");

        assertThat(check("bob@a.example").result()).isEqualTo(Result.PERMERROR);
        assertThat(dns.questions).containsExactly("TXT a.example", "MX a.example");
    }

    @Test
    void theClientsNamesAreAskedOnce() {
        dns.txt("a.example", "v=spf1 ptr ptr exists:%{p}.%{p}.a.example exists:%{p}.x.example ?ip4:192.0.2.1 -all");
        dns.ptr("192.0.2.1", "one.a.example", "two.b.example");

        check("bob@a.example");

        assertThat(dns.questions)
                .containsExactly(
                        "TXT a.example",
                        "PTR 192.0.2.1",
                        "A one.a.example",
                        "A two.b.example",
                        "A unknown.unknown.a.example",
                        "A unknown.x.example");
    }

    @Test
    void namesThatCannotMatchAreNotAsked() {
        dns.txt("a.example", "v=spf1 ptr -all");
        dns.ptr("192.0.2.1", "victim1.b.example", "victim2.b.example");

        assertThat(check("bob@a.example").result()).isEqualTo(Result.FAIL);
        assertThat(dns.questions).containsExactly("TXT a.example", "PTR 192.0.2.1");
    }

    @Test
    void includesThatBranchStayWithinTheTerms() {
        dns.txt("a.example", "v=spf1 include:a.example include:a.example include:a.example -all");

        assertThat(check("bob@a.example").result()).isEqualTo(Result.PERMERROR);
        assertThat(dns.questions).hasSize(11);
    }

    @Test
    void anExplanationIsAskedForAFailOnly() {
        dns.txt("a.example", "v=spf1 ~all exp=exp.a.example");

        check("bob@a.example");

        assertThat(dns.questions).containsExactly("TXT a.example");
    }

    @Test
    void aRecordOfTheLargestSizeIsReadAsAnyOther() {
        List<String> records = new ArrayList<>();
        records.add("v=spf1 " + "ip4:198.51.100.1 ".repeat(950) + "-all");
        records.add("v=spf1 exists:" + "%{d}".repeat(4000) + " -all");
        records.add("v=spf1 exists:" + "%{h}".repeat(4000) + ".example -all");
        records.add("v=spf1 x=" + "%{p20r.-+,/_=}".repeat(1150) + " -all");
        records.add("v=spf1 a:" + "a-".repeat(8000) + "b.example -all");
        records.add("v=spf1 a:" + "a.".repeat(8000) + "example -all");
        records.add("v=spf1" + " ".repeat(16_000) + "-all");
        for (String record : records) {
            FakeDns zone = new FakeDns().txt("a.example", record);

            SpfResult result = new SpfCheck("mx.example", Clock.systemUTC())
                    .check(CLIENT, "", ReversePath.parse("bob@a.example"), zone);

            assertThat(result.result()).as(record.substring(0, 40)).isEqualTo(Result.FAIL);
            assertThat(zone.questions.size()).isBetween(1, 2);
        }
    }

    @Test
    void aRecordBeyondAnySizeIsAnError() {
        String longest = "v=spf1 " + " ".repeat(SpfRecord.LONGEST - 11) + "-all";
        dns.txt("a.example", longest).txt("b.example", longest + " ");

        assertThat(check("bob@a.example").result()).isEqualTo(Result.FAIL);
        assertThat(check("bob@b.example").reason()).isEqualTo("record of b.example: longer than 16384 octets");
    }

    private void exchangers(IntConsumer each) {
        IntStream.rangeClosed(1, 10).forEach(i -> {
            dns.mx("a.example", i, "mx" + i + ".a.example");
            each.accept(i);
        });
    }

    private void names() {
        IntStream.rangeClosed(1, 11).forEach(i -> dns.ptr("192.0.2.1", "host" + i + ".b.example"));
    }

    private SpfResult check(String from) {
        return new SpfCheck("mx.example", Clock.systemUTC()).check(CLIENT, "helo", ReversePath.parse(from), dns);
    }
}
