package io.waypost.smtp.checks.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.testing.FakeDns;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8601 2.7.3. */
class ReverseLookupTest {

    // Columns: the client, its PTR records, the addresses of these (NAME=ADDRESS,ADDRESS; NAME! fails, NAME? has none),
    // the outcome.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one name that has the address          | 203.0.113.9 | mx.example         | mx.example=203.0.113.9             | pass mx.example
            among other addresses                  | 203.0.113.9 | mx.example         | mx.example=203.0.113.8,203.0.113.9 | pass mx.example
            IPv6                                   | 2001:db8::9 | mx.example         | mx.example=2001:db8::9             | pass mx.example
            no name                                | 203.0.113.9 |                    |                                    | permerror the address has no name
            no name, IPv6                          | 2001:db8::9 |                    |                                    | permerror the address has no name
            another address                        | 203.0.113.9 | mx.example         | mx.example=203.0.113.8             | fail mx.example does not have this address
            no such name                           | 203.0.113.9 | mx.example         |                                    | fail mx.example does not have this address
            a name without addresses               | 203.0.113.9 | mx.example         | mx.example?                        | fail mx.example does not have this address
            an address of the other family only    | 203.0.113.9 | mx.example         | mx.example=2001:db8::9             | fail mx.example does not have this address
            the forward question fails             | 203.0.113.9 | mx.example         | mx.example!                        | temperror mx.example: SERVFAIL
            the second name has it                 | 203.0.113.9 | a.example b.example | a.example=203.0.113.8 b.example=203.0.113.9 | pass b.example
            both have it, the first counts         | 203.0.113.9 | a.example b.example | a.example=203.0.113.9 b.example=203.0.113.9 | pass a.example
            the first fails, the second has it     | 203.0.113.9 | a.example b.example | a.example! b.example=203.0.113.9   | pass b.example
            the first fails, the second has not    | 203.0.113.9 | a.example b.example | a.example! b.example=203.0.113.8   | temperror a.example: SERVFAIL
            the second fails, the first has not    | 203.0.113.9 | a.example b.example | a.example=203.0.113.8 b.example!   | temperror b.example: SERVFAIL
            none of several has it                 | 203.0.113.9 | a.example b.example | a.example=203.0.113.8              | fail none of 2 names has this address
            one name twice is one question         | 203.0.113.9 | a.example a.example | a.example=203.0.113.8              | fail a.example does not have this address
            a name of one label (RFC 1912 2.1)     | 203.0.113.9 | localhost          | localhost=203.0.113.9              | fail the address has no name that a host can have
            a name with a comment in it            | 203.0.113.9 | mx(pass).example   | mx(pass).example=203.0.113.9       | fail the address has no name that a host can have
            a name with a semicolon in it          | 203.0.113.9 | a;b.example        | a;b.example=203.0.113.9            | fail the address has no name that a host can have
            a name beyond ASCII                    | 203.0.113.9 | mü.example         | mü.example=203.0.113.9             | fail the address has no name that a host can have
            an underscore is usual                 | 203.0.113.9 | a_b.example        | a_b.example=203.0.113.9            | pass a_b.example
            an odd name beside a good one          | 203.0.113.9 | a(b).example b.example | b.example=203.0.113.9          | pass b.example
            """)
    void whatItIsCalled(String name, String address, String names, String forward, String expected) {
        FakeDns dns = new FakeDns();
        if (names != null) {
            dns.ptr(address, names.split(" "));
        }
        for (String one : forward == null ? new String[0] : forward.split(" ")) {
            int equals = one.indexOf('=');
            if (one.endsWith("!")) {
                dns.failing(one.substring(0, one.length() - 1));
            } else if (one.endsWith("?")) {
                dns.exists(one.substring(0, one.length() - 1));
            } else {
                dns.a(one.substring(0, equals), one.substring(equals + 1).split(","));
            }
        }

        assertThat(text(ask(dns, address))).as(name).isEqualTo(expected);
    }

    @Test
    void aNameWithALineEndIsNoName() {
        FakeDns dns = new FakeDns().ptr("203.0.113.9", "mx.example\r\nx", "mx\0.example", "a b.example", "");

        assertThat(ask(dns, "203.0.113.9").name()).isEmpty();
        assertThat(dns.questions).containsExactly("PTR 203.0.113.9");
    }

    @Test
    void theReverseQuestionMayFail() {
        FakeDns dns = new FakeDns() {
            @Override
            public Answer<String> names(InetAddress address) {
                return new Unknown<>("SERVFAIL");
            }
        };

        assertThat(text(ask(dns, "203.0.113.9"))).isEqualTo("temperror SERVFAIL");
    }

    @Test
    void onlyTenNamesAreLookedAt() {
        FakeDns dns = new FakeDns().a("n10.example", "203.0.113.9");
        IntStream.range(0, 500).forEach(i -> dns.ptr("203.0.113.9", "n" + i + ".example"));

        assertThat(text(ask(dns, "203.0.113.9"))).isEqualTo("fail none of the first 10 of 500 names has this address");
        assertThat(dns.questions).hasSize(11);
    }

    @Test
    void theTenthNameIsLookedAt() {
        FakeDns dns = new FakeDns().a("n9.example", "203.0.113.9");
        IntStream.range(0, 500).forEach(i -> dns.ptr("203.0.113.9", "n" + i + ".example"));

        assertThat(text(ask(dns, "203.0.113.9"))).isEqualTo("pass n9.example");
    }

    @Test
    void aNameThatNobodyAnswersForDoesNotHoldUpTheOthersBeyondTheDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        FakeDns dns = new FakeDns() {
            @Override
            public Answer<InetAddress> addresses(String name, Family family) {
                if (name.equals("slow.example")) {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        return new Unknown<>("interrupted");
                    }
                }
                return super.addresses(name, family);
            }
        };
        dns.ptr("203.0.113.9", "slow.example", "mx.example").a("mx.example", "203.0.113.9");

        assertThat(text(new ReverseLookup(dns, InetAddress.ofLiteral("203.0.113.9"), Deadline.in(Duration.ofMillis(50)))
                        .ask()))
                .isEqualTo("pass mx.example");
    }

    private static ReverseName ask(FakeDns dns, String address) {
        return new ReverseLookup(dns, InetAddress.ofLiteral(address), Deadline.in(Duration.ofSeconds(10))).ask();
    }

    private static String text(ReverseName found) {
        return found.result().name().toLowerCase(java.util.Locale.ROOT) + " "
                + found.name().orElse(found.reason());
    }
}
