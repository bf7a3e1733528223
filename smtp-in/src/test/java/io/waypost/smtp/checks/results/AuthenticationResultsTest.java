package io.waypost.smtp.checks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Verdicts;
import io.waypost.message.Verdicts.Dmarc.Policy;
import io.waypost.smtp.checks.dmarc.DmarcResult;
import io.waypost.smtp.checks.results.MethodResult.Property;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationResultsTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.25");

    @Test
    void looksAsInSes() {
        List<MethodResult> results = List.of(
                Methods.spf(
                        "pass",
                        "spfCheck: domain of sender.example designates 192.0.2.25 as permitted sender",
                        "alice@sender.example",
                        "mx.sender.example"),
                Methods.dkim(new Verdicts.Signature("sender.example", "s1", "pass", ""), "AuUoFEfDxTDkHlLXSZEpZj79"),
                Methods.dkim(
                        new Verdicts.Signature("lists.example", "k=2", "fail", "body hash did not verify"),
                        "dzdVyOf/+"),
                Methods.dmarc(dmarc(DmarcResult.Result.PASS, "sender.example", "aligned: spf sender.example")),
                Methods.arc("none", "", CLIENT),
                Methods.iprev("pass", CLIENT),
                Methods.dnsbl("zen.dnsbl.example", CLIENT));
        assertThat(AuthenticationResults.field("mx.example.com", results, false))
                .isEqualTo("Authentication-Results: mx.example.com;\r\n"
                        + " spf=pass (spfCheck: domain of sender.example designates 192.0.2.25 as\r\n"
                        + " permitted sender) smtp.mailfrom=alice@sender.example\r\n"
                        + " smtp.helo=mx.sender.example;\r\n"
                        + " dkim=pass header.d=sender.example header.s=s1 header.b=AuUoFEfD;\r\n"
                        + " dkim=fail reason=\"body hash did not verify\" header.d=lists.example\r\n"
                        + " header.s=\"k\\=2\" header.b=\"dzdVyOf/\";\r\n"
                        + " dmarc=pass (p=reject) header.from=sender.example policy.dmarc=reject;\r\n"
                        + " arc=none smtp.remote-ip=192.0.2.25;\r\n"
                        + " iprev=pass policy.iprev=192.0.2.25;\r\n"
                        + " dnsbl=fail dns.zone=zen.dnsbl.example policy.ip=192.0.2.25\r\n");
    }

    @Test
    void nothingCheckedIsSaid() {
        assertThat(AuthenticationResults.field("mx.example.com", List.of(), false))
                .isEqualTo("Authentication-Results: mx.example.com; none\r\n");
    }

    @Test
    void aFromThatCannotBeJudgedHasNoProperty() {
        DmarcResult result = new DmarcResult(
                DmarcResult.Result.FAIL,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                "more than one From field");
        assertThat(AuthenticationResults.field("mx.example.com", List.of(Methods.dmarc(result)), false))
                .isEqualTo("Authentication-Results: mx.example.com;\r\n"
                        + " dmarc=fail reason=\"more than one From field\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@x.example | a@x.example",
                "@x.example | @x.example",
                "x.example | x.example",
                "a+b=c@x.example | \"a+b\\=c@x.example\"",
                "dmarc=pass@x.example | \"dmarc\\=pass@x.example\"",
                "\"a;b\"@x.example | \"\\\"a;b\\\"@x.example\"",
                "a b | \"a b\"",
                "2001:db8::1 | \"2001:db8::1\"",
                "a(b)@x.example | \"a(b)@x.example\"",
                "a@my_host.example | \"a@my_host.example\"",
                "jürgen@bücher.example | j?rgen@xn--bcher-kva.example",
            })
    void valuesOfSenders(String mailFrom, String expected) {
        String field = AuthenticationResults.field("h", List.of(Methods.spf("pass", "", mailFrom, "h")), false);
        assertThat(field).contains(" smtp.mailfrom=" + expected + " smtp.helo=h\r\n");
    }

    @Test
    void anEmptyValueIsQuoted() {
        assertThat(AuthenticationResults.field("h", List.of(Methods.spf("none", "", "", "")), false))
                .isEqualTo("Authentication-Results: h;\r\n spf=none smtp.helo=\"\"\r\n");
    }

    @Test
    void beyondAsciiStandsOnlyWhereTheMailIsInternationalized() {
        List<MethodResult> results = List.of(Methods.spf("pass", "für (alle)", "jürgen@x.example", "h"));
        assertThat(AuthenticationResults.field("h", results, true))
                .isEqualTo("Authentication-Results: h;\r\n"
                        + " spf=pass (für \\(alle\\)) smtp.mailfrom=\"jürgen@x.example\" smtp.helo=h\r\n");
        assertThat(AuthenticationResults.field("h", results, false))
                .isEqualTo("Authentication-Results: h;\r\n"
                        + " spf=pass (f?r \\(alle\\)) smtp.mailfrom=j?rgen@x.example smtp.helo=h\r\n");
    }

    @Test
    void ourOwnWordsMustBeKeywords() {
        assertThatThrownBy(() -> new MethodResult("spf; x", "pass", Optional.empty(), Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MethodResult("spf", "", Optional.empty(), Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Property("smtp", "a.b", "")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Text that tries to get out. */
    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> bits = Arbitraries.of(
                "\"",
                "\\",
                "(",
                ")",
                ";",
                "=",
                "\r\n",
                "\n",
                "\r",
                "\0",
                " ",
                "\t",
                "dmarc=pass",
                "; dmarc=pass",
                "\r\n dkim=pass",
                "reason=",
                "none",
                "=?utf-8?q?=29=3B_dmarc=3Dpass?=",
                "@",
                ".",
                "a",
                "x.example",
                "ü",
                "\u2028",
                "\ud800",
                "😀",
                "é\u0301",
                "\u202e",
                ",",
                "<",
                "x".repeat(400),
                "%",
                "/",
                "[",
                "1");
        return Arbitraries.oneOf(
                bits.list().ofMaxSize(12).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.of(
                        "y".repeat(2000), "ü".repeat(500), "\"".repeat(500), "\\".repeat(321), "😀".repeat(200)));
    }

    @Provide
    Arbitrary<List<MethodResult>> results() {
        Arbitrary<Property> properties = Combinators.combine(
                        Arbitraries.of("smtp", "header", "policy"), Arbitraries.of("mailfrom", "d", "b"), hostile())
                .as(Property::new);
        return Combinators.combine(
                        Arbitraries.of("spf", "dkim", "dmarc", "arc"),
                        Arbitraries.of("pass", "fail", "none", "temperror"),
                        hostile().optional(),
                        hostile().filter(text -> !text.isEmpty()).optional(),
                        properties.list().ofMaxSize(4))
                .as(MethodResult::new)
                .list()
                .ofMaxSize(5);
    }

    @net.jqwik.api.Property(tries = 5000)
    void whateverSendersWriteTheResultsAreOurs(
            @ForAll("results") List<MethodResult> results, @ForAll("hostile") String id, @ForAll boolean utf8) {
        String field = AuthenticationResults.field(id, results, utf8);
        ParsedResults parsed = ParsedResults.of(field);
        assertThat(parsed.authservId()).isEqualTo(FieldText.clean(id, utf8, 320));
        assertThat(parsed.results())
                .isEqualTo(results.stream().map(result -> cleaned(result, utf8)).toList());
    }

    private static MethodResult cleaned(MethodResult result, boolean utf8) {
        return new MethodResult(
                result.method(),
                result.result(),
                result.reason().map(reason -> FieldText.clean(reason, utf8, 320)),
                result.comment().map(comment -> FieldText.clean(comment, utf8, 300)),
                result.properties().stream()
                        .map(property -> new Property(
                                property.type(), property.name(), FieldText.clean(property.value(), utf8, 320)))
                        .toList());
    }

    private static final Pattern OUTSIDE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\((?:[^()\\\\]|\\\\.)*\\)");
    private static final Pattern CARELESS = Pattern.compile("(spf|dkim|dmarc|arc)=pass");

    @net.jqwik.api.Property(tries = 5000)
    void notEvenACarelessReaderFindsAForgedPass(@ForAll("results") List<MethodResult> results) {
        String field = AuthenticationResults.field("mx.example.com", results, false);
        long passes = results.stream()
                .filter(result -> result.result().equals("pass"))
                .count();
        assertThat(CARELESS.matcher(field).results().count()).isEqualTo(passes);
        assertThat(CARELESS.matcher(OUTSIDE.matcher(field).replaceAll(""))
                        .results()
                        .count())
                .isEqualTo(passes);
        // One who decodes encoded words before reading finds none that he could decode.
        assertThat(field).doesNotContainPattern("=\\?[^?\\s]+\\?[bBqQ]\\?[^?\\s]*\\?=");
    }

    @net.jqwik.api.Property(tries = 3000)
    void linesAreShortAndOfTheirCharset(@ForAll("results") List<MethodResult> results, @ForAll boolean utf8) {
        String field = AuthenticationResults.field("mx.example.com", results, utf8);
        byte[] octets = field.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(octets, StandardCharsets.UTF_8)).isEqualTo(field);
        assertThat(utf8 || octets.length == field.length()).isTrue();
        for (String line : field.split("\r\n")) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(998);
            assertThat(line).doesNotContain("\r", "\n", "\0");
        }
    }

    private static DmarcResult dmarc(DmarcResult.Result result, String from, String reason) {
        return new DmarcResult(
                result,
                Optional.of(from),
                Optional.of(Policy.REJECT),
                false,
                Optional.of(from),
                Optional.of(new DmarcResult.Alignment(DmarcResult.Mechanism.SPF, from)),
                reason);
    }
}
