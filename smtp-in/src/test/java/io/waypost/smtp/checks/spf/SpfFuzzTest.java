package io.waypost.smtp.checks.spf;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.ReversePath;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.spf.SpfResult.Result;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;

/** Whatever a zone and a sender hold: a check ends, with a result, after a bounded number of questions. */
class SpfFuzzTest {

    /** TXT of the domain, ten terms of an MX with ten names each, the client's names, the explanation. */
    private static final int MOST_QUESTIONS = 1 + 10 * (1 + 10) + 1 + 10 + 1;

    private static final List<InetAddress> CLIENTS =
            List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));

    private final SpfCheck check = new SpfCheck("mx.example", Clock.systemUTC());

    @Provide
    Arbitrary<String> records() {
        Arbitrary<String> name = Arbitraries.of(
                "a", "mx", "ptr", "ip4", "ip6", "include", "exists", "all", "redirect", "exp", "moo", "A", "x.y_z-1");
        Arbitrary<String> mark = Arbitraries.of(":", "=", "/", "//", "", "::", "=:");
        Arbitrary<String> term = Arbitraries.of("", "+", "-", "~", "?", "%")
                .flatMap(sign -> name.flatMap(word ->
                        mark.flatMap(between -> arguments().map(argument -> sign + word + between + argument))));
        return Arbitraries.oneOf(term, term, term, Arbitraries.strings().ofMaxLength(20))
                .list()
                .ofMaxSize(25)
                .map(terms -> "v=spf1 " + String.join(" ", terms));
    }

    @Provide
    Arbitrary<String> arguments() {
        Arbitrary<String> piece = Arbitraries.of(
                "%{d}",
                "%{ir}",
                "%{p}",
                "%{l1r+-}",
                "%{H}",
                "%{s}",
                "%{o2}",
                "%{v}",
                "%{c}",
                "%{t",
                "%%",
                "%_",
                "%-",
                "%",
                "a",
                "b.example",
                ".example",
                ".",
                "..",
                "/24",
                "//64",
                "/999",
                "192.0.2.1",
                "2001:db8::",
                ":",
                "=",
                "\u00fc",
                "\0",
                "\r\n",
                "x".repeat(64),
                "y.".repeat(130));
        return piece.list().ofMaxSize(6).map(pieces -> String.join("", pieces));
    }

    /** Records that are always in order, so that every evaluation goes as deep as it can. */
    @Provide
    Arbitrary<String> soundRecords() {
        Arbitrary<String> target = Arbitraries.of(
                "b.example", "%{p}.example", "%{l}.%{d}", "%{ir}.%{v}.example", "%{h}", "%{S}.%{o}", "c.example.");
        Arbitrary<String> term = Arbitraries.of(
                        "a:", "mx:", "ptr:", "include:", "exists:", "-a:", "-mx:", "-include:", "?exists:")
                .flatMap(mechanism -> target.map(domain -> mechanism + domain));
        return term.list().ofMaxSize(12).flatMap(terms -> Arbitraries.of(
                        "", " redirect=%{d}", " -all exp=%{p}.%{d}", " ~all")
                .map(end -> "v=spf1 " + String.join(" ", terms) + end));
    }

    @Property(tries = 1000)
    void aCheckOfAnyRecordEnds(
            @ForAll("records") String record,
            @ForAll("arguments") String text,
            @ForAll String helo,
            @ForAll @NotEmpty String localPart,
            @ForAll Answers answers) {
        holds(List.of(record, text), helo, localPart, answers);
    }

    @Property(tries = 1000)
    void aCheckOfASoundRecordEnds(
            @ForAll("soundRecords") String record,
            @ForAll("arguments") String helo,
            @ForAll @NotEmpty String localPart,
            @ForAll Answers answers) {
        holds(List.of(record), helo, localPart, answers);
    }

    @Property(tries = 1000)
    void anySenderGetsAResult(
            @ForAll String helo, @ForAll @NotEmpty String localPart, @ForAll @NotEmpty String domain) {
        CountingDns dns = new CountingDns(List.of("v=spf1 exists:%{s}.%{h} -all exp=%{l}"), Answers.FOUND);

        SpfResult named = check.check(
                CLIENTS.getFirst(), helo, ReversePath.of(new EmailAddress(localPart, new Domain(domain))), dns);
        SpfResult unnamed = check.check(CLIENTS.getFirst(), helo, ReversePath.NULL, dns);

        assertThat(named.reason()).matches("[ -~]+");
        assertThat(unnamed.reason()).matches("[ -~]+");
    }

    private void holds(List<String> texts, String helo, String localPart, Answers answers) {
        for (InetAddress client : CLIENTS) {
            CountingDns dns = new CountingDns(texts, answers);

            SpfResult result = check.check(
                    client, helo, ReversePath.of(new EmailAddress(localPart, new Domain("a.example"))), dns);

            assertThat(dns.questions).isLessThanOrEqualTo(MOST_QUESTIONS);
            assertThat(result.reason()).matches("[ -~]{1,300}");
            result.mechanism().ifPresent(mechanism -> assertThat(mechanism).matches("[ -~]{1,60}"));
            result.explanation().ifPresent(explanation -> {
                assertThat(explanation).matches("[ -~]{1,400}");
                assertThat(result.result()).isEqualTo(Result.FAIL);
            });
        }
    }

    /** How a zone answers everything but TXT. */
    enum Answers {
        FOUND,
        NO_NAME,
        NO_RECORDS,
        UNKNOWN
    }

    /** Every name has the same texts, ten exchangers and ten names, or nothing at all. */
    private static final class CountingDns implements Dns {

        private final List<String> texts;
        private final Answers answers;
        private int questions;

        CountingDns(List<String> texts, Answers answers) {
            this.texts = texts;
            this.answers = answers;
        }

        @Override
        public Answer<InetAddress> addresses(String name, Family family) {
            return answer(List.of(InetAddress.ofLiteral(family == Family.IPV4 ? "198.51.100.1" : "2001:db8:1::1")));
        }

        @Override
        public Answer<Exchanger> exchangers(String name) {
            return answer(IntStream.range(0, 10)
                    .mapToObj(i -> new Exchanger(i, "mx" + i + ".example"))
                    .toList());
        }

        @Override
        public Answer<String> texts(String name) {
            questions++;
            return new Found<>(texts, false);
        }

        @Override
        public Answer<String> names(InetAddress address) {
            return answer(IntStream.range(0, 30)
                    .mapToObj(i -> "host" + i + ".example")
                    .toList());
        }

        @Override
        public Answer<Tlsa> certificates(String name) {
            throw new AssertionError("SPF asks for no certificates");
        }

        private <T> Answer<T> answer(List<T> records) {
            questions++;
            return switch (answers) {
                case FOUND -> new Found<>(records, false);
                case NO_NAME -> new NoName<>();
                case NO_RECORDS -> new NoRecords<>();
                case UNKNOWN -> new Unknown<>("no\r\nanswer");
            };
        }
    }
}
