package io.waypost.smtp.checks.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.mime.MailAddress;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.mime.TypeDetector;
import io.waypost.smtp.checks.syntax.DomainName;
import io.waypost.smtp.testing.Headers;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Whatever stands in From: it is judged, and never as one domain where another reader sees another. */
class AuthorPropertiesTest {

    /** The bits that address lists are made of, whole and broken. */
    @Provide
    Arbitrary<String> lists() {
        Arbitrary<String> bits = Arbitraries.of(
                "a",
                "b.c",
                "@",
                "x.example",
                "y.example",
                "a@x.example",
                "b@y.example",
                "<a@x.example>",
                "<b@y.example>",
                "<",
                ">",
                ",",
                ";",
                ":",
                ".",
                " ",
                "\t",
                "\"",
                "\\",
                "(",
                ")",
                "[",
                "]",
                "(c)",
                "(<b@y.example>)",
                "\"b@y.example\"",
                "\"q\"",
                "Team:",
                "=?utf-8?q?x?=",
                "=?x?q?",
                "?=",
                "=?utf-8?q?b=40y.example?=",
                "=?x?q?b@y.example?=",
                "<@y.example:",
                "[192.0.2.1]",
                "ü",
                "\u3002",
                "x",
                "=",
                "?",
                "\0",
                "\r",
                "\u2028",
                "%");
        Arbitrary<String> heaps = bits.list().ofMinSize(1).ofMaxSize(14).map(list -> String.join("", list));
        Arbitrary<String> sound = Arbitraries.of(
                        "a@x.example",
                        "Alice <a@x.example>",
                        "\"b@y.example\" <a@x.example>",
                        "(c) a@x.example (<b@y.example>)",
                        "Team: a@x.example, b@x.example;",
                        "=?utf-8?q?b=40y.example?= <a@x.example>")
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(list -> String.join(", ", list));
        Arbitrary<String> damaged = Combinators.combine(
                        sound,
                        bits,
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(0, 2))
                .as((list, bit, at, gone) -> {
                    int from = Math.min(at, list.length());
                    return list.substring(0, from) + bit + list.substring(Math.min(from + gone, list.length()));
                });
        return Arbitraries.oneOf(heaps, damaged);
    }

    @Property(tries = 60_000)
    void oneIsWhatAStrictReaderSees(@ForAll("lists") String value) {
        if (Author.of(Headers.block(octets(value)).fields()) instanceof Author.One(DomainName domain)) {
            Optional<Set<String>> strict = StrictGrammar.domains(value.strip());
            Statistics.label("one, and read by both")
                    .collect(strict.isPresent())
                    .coverage(both -> both.check(true).count(count -> count > 1000));
            strict.ifPresent(domains -> assertThat(normal(domains)).containsExactly(domain.name()));
        }
    }

    @Property(tries = 20_000)
    void oneIsWhatTheLenientReaderOfMailsSees(@ForAll("lists") String value) throws Exception {
        if (Author.of(Headers.block(octets(value)).fields()) instanceof Author.One(DomainName domain)) {
            List<MailAddress> addresses = new MailReader(ParseLimits.DEFAULT, TypeDetector.NONE)
                    .readHeader(new ByteArrayInputStream(octets(value)))
                    .addresses("From");
            Set<String> seen = addresses.stream()
                    .map(MailAddress::address)
                    .filter(address -> address != null)
                    .map(address -> address.substring(address.lastIndexOf('@') + 1))
                    .collect(Collectors.toSet());
            assertThat(normal(seen)).containsExactly(domain.name());
        }
    }

    @Property(tries = 5000)
    void severalAreWhatAStrictReaderSees(@ForAll("lists") String value) {
        if (Author.of(Headers.block(octets(value)).fields()) instanceof Author.Several several) {
            StrictGrammar.domains(value.strip()).ifPresent(domains -> assertThat(normal(domains))
                    .containsExactlyElementsOf(
                            several.domains().stream().map(DomainName::name).toList()));
        }
    }

    @Property(tries = 5000)
    void noiseIsJudged(@ForAll byte[] noise) {
        assertThat(Author.of(Headers.block(noise).fields())).isNotNull();
        assertThat(FromField.read(new String(noise, StandardCharsets.ISO_8859_1)))
                .isNotNull();
    }

    @Test
    void theStrictReaderReads() {
        assertThat(StrictGrammar.domains("Alice <a@x.example>, \"B\" (c (d)) <b@Y.example>"))
                .contains(Set.of("x.example", "y.example"));
        assertThat(StrictGrammar.domains("Team: a@x.example, b@y.example;, c@z.example"))
                .contains(Set.of("x.example", "y.example", "z.example"));
        assertThat(StrictGrammar.domains("<a@x.example> <b@y.example>")).isEmpty();
    }

    private static byte[] octets(String value) {
        return ("From: " + value + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> normal(Set<String> domains) {
        return domains.stream()
                .map(domain -> DomainName.of(domain).map(DomainName::name).orElse(domain))
                .distinct()
                .toList();
    }
}
