package io.waypost.smtp.checks.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.smtp.checks.dmarc.DmarcResult.Result;
import io.waypost.smtp.testing.FakeDns;
import io.waypost.smtp.testing.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DmarcCheckTest {

    static Stream<DmarcCase> table() throws IOException {
        return DmarcCase.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void judges(DmarcCase given) {
        DmarcResult result = given.check();
        List<String> found = words(result);
        given.expected.stream()
                .filter(word -> word.startsWith("asked="))
                .forEach(word -> found.add("asked=" + given.dns.questions.size()));
        assertThat(found).as("%s, asked %s", result, given.dns.questions).isEqualTo(given.expected);
        assertThat(given.section).isNotEmpty();
        assertThat(result.reason()).isNotEmpty();
        assertThat(given.dns.questions).doesNotHaveDuplicates();
    }

    private static List<String> words(DmarcResult result) {
        List<String> words = new ArrayList<>();
        words.add(result.result().word());
        result.policy().ifPresent(policy -> words.add("p=" + policy.name().toLowerCase(Locale.ROOT)));
        result.policyDomain().ifPresent(domain -> words.add("at=" + domain));
        result.alignment()
                .ifPresent(alignment -> words.add(
                        "by=" + alignment.mechanism().name().toLowerCase(Locale.ROOT) + ":" + alignment.domain()));
        if (result.testing()) {
            words.add("t");
        }
        return words;
    }

    /** RFC 9989 5.3.1 and 11.5: never a pass, whatever is authenticated, and nobody is asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: b@example.com\r\n",
                "From: a@example.com\r\nFrom: a@example.com\r\n",
                "From: a@example.com, b@example.net\r\n",
                "From: a@example.com <b@example.net>\r\n",
                "From: <a@example.com><b@example.com>\r\n",
                "From: a@example.com\0\r\n",
                "From:\r\n",
            })
    void aFromThatCannotBeJudgedFails(String header) {
        FakeDns dns = new FakeDns().txt("_dmarc.example.com", "v=DMARC1; p=none");
        DmarcResult result = DmarcCheck.check(
                Headers.block(header.getBytes(StandardCharsets.UTF_8)).fields(),
                Optional.of("example.com"),
                List.of("example.com", "example.net"),
                true,
                dns);
        assertThat(result.result()).isEqualTo(Result.FAIL);
        assertThat(result.fromDomain()).isEmpty();
        assertThat(result.policy()).isEmpty();
        assertThat(result.reason()).isNotEmpty();
        assertThat(result.verdict(Duration.ZERO).verdict().status()).isEqualTo(Status.FAIL);
        assertThat(dns.questions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PASS, PASS, pass",
        "FAIL, FAIL, fail",
        "NONE, GRAY, none",
        "TEMPERROR, PROCESSING_FAILED, temperror",
        "PERMERROR, PROCESSING_FAILED, permerror",
    })
    void verdicts(Result result, Status status, String word) {
        Verdicts.Dmarc dmarc = new DmarcResult(
                        result,
                        Optional.of("example.com"),
                        Optional.of(Verdicts.Dmarc.Policy.REJECT),
                        false,
                        Optional.of("example.com"),
                        Optional.empty(),
                        "because")
                .verdict(Duration.ofMillis(3));
        assertThat(dmarc.verdict().status()).isEqualTo(status);
        assertThat(dmarc.verdict().result()).isEqualTo(word);
        assertThat(dmarc.verdict().reason()).isEqualTo("because");
        assertThat(dmarc.verdict().took()).isEqualTo(Duration.ofMillis(3));
        assertThat(dmarc.policy()).contains(Verdicts.Dmarc.Policy.REJECT);
    }

    @Test
    void aMailFullOfSignaturesAsksForNoMoreThanTenOfThem() {
        FakeDns dns = new FakeDns().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        List<String> signatures = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            signatures.add("a.b.c.d.e.f.s" + i + ".example.com");
            dns.txt("_dmarc.s" + i + ".example.com", "v=DMARC1; p=none; psd=n");
        }
        DmarcResult result = DmarcCheck.check(
                Headers.block("From: a@example.com\r\n".getBytes(StandardCharsets.UTF_8))
                        .fields(),
                Optional.empty(),
                signatures,
                false,
                dns);
        assertThat(result.result()).isEqualTo(Result.FAIL);
        assertThat(dns.questions).hasSizeLessThanOrEqualTo(2 + AlignmentCheck.MOST_WALKS * TreeWalk.LONGEST);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("com", "example", "a", "b", "mail", "_dmarc", "ü", "", "1")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(labels -> String.join(".", labels));
    }

    @Provide
    Arbitrary<String> records() {
        return Arbitraries.of(
                        "v=DMARC1",
                        ";",
                        " ",
                        "p=",
                        "sp=",
                        "np=",
                        "reject",
                        "none",
                        "psd=y",
                        "psd=n",
                        "t=y",
                        "rua=",
                        "=",
                        "mailto:x",
                        "adkim=s",
                        "%")
                .list()
                .ofMaxSize(10)
                .map(bits -> "v=DMARC1;" + String.join("", bits));
    }

    @Property(tries = 3000)
    void neverPassesForAnUnrelatedDomainAndNeverAsksTooMuch(
            @ForAll("names") String from, @ForAll("names") String other, @ForAll("records") String record) {
        FakeDns dns = new FakeDns()
                .txt("_dmarc.example.com", record)
                .txt("_dmarc.a.example.com", record)
                .txt("_dmarc.mail", record);
        DmarcResult result = DmarcCheck.check(
                Headers.block(("From: x@" + from + "\r\n").getBytes(StandardCharsets.UTF_8))
                        .fields(),
                Optional.of(other + ".example.net"),
                List.of(),
                false,
                dns);
        assertThat(result.result()).isNotEqualTo(Result.PASS);
        assertThat(dns.questions)
                .hasSizeLessThanOrEqualTo(2 * TreeWalk.LONGEST + 1)
                .doesNotHaveDuplicates();
    }
}
