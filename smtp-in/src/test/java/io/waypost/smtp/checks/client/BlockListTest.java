package io.waypost.smtp.checks.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.client.Listing.Listed;
import io.waypost.smtp.checks.client.Listing.NotAsked;
import io.waypost.smtp.checks.client.Listing.NotListed;
import io.waypost.smtp.testing.FakeDns;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockListTest {

    private static final String EVERY = "127.0.0.0-127.255.254.255";

    // Columns: the answers that count, the records of 9.113.0.203.bl.example, the outcome.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no such name (RFC 5782 2.1)                  | 127.0.0.0-127.255.254.255 |                          | not listed
            the usual answer (RFC 5782 2.1)              | 127.0.0.0-127.255.254.255 | 127.0.0.2                | listed 127.0.0.2
            another answer                               | 127.0.0.0-127.255.254.255 | 127.0.0.11               | listed 127.0.0.11
            the highest answer                           | 127.0.0.0-127.255.254.255 | 127.255.254.255          | listed 127.255.254.255
            two answers                                  | 127.0.0.0-127.255.254.255 | 127.0.0.4 127.0.0.2      | listed 127.0.0.4
            an answer that counts                        | 127.0.0.2-127.0.0.2       | 127.0.0.2                | listed 127.0.0.2
            one that does not, below                     | 127.0.0.2-127.0.0.2       | 127.0.0.1                | not listed
            one that does not, above                     | 127.0.0.2-127.0.0.2       | 127.0.0.3                | not listed
            one of two that counts                       | 127.0.0.2-127.0.0.2       | 127.0.0.9 127.0.0.2      | listed 127.0.0.2
            the first of a range                         | 127.0.0.4-127.0.0.7       | 127.0.0.4                | listed 127.0.0.4
            the last of a range                          | 127.0.0.4-127.0.0.7       | 127.0.0.7                | listed 127.0.0.7
            behind a range                               | 127.0.0.4-127.0.0.7       | 127.0.0.8                | not listed
            the second of two ranges                     | 127.0.0.2-127.0.0.3 127.0.0.10-127.0.0.11 | 127.0.0.11 | listed 127.0.0.11
            between two ranges                           | 127.0.0.2-127.0.0.3 127.0.0.10-127.0.0.11 | 127.0.0.9 | not listed
            octets above 127 compare unsigned            | 127.0.0.100-127.0.0.200   | 127.0.0.150              | listed 127.0.0.150
            a parked domain (RFC 5782 2.1)               | 127.0.0.0-127.255.254.255 | 198.51.100.1             | not listed
            outside of 127/8, even where it would count  | 0.0.0.0-255.255.255.255   | 126.255.255.255          | not listed
            outside of 127/8, above                      | 0.0.0.0-255.255.255.255   | 128.0.0.0                | not listed
            a parked domain beside a listing             | 127.0.0.0-127.255.254.255 | 198.51.100.1 127.0.0.2   | listed 127.0.0.2
            the question came by an open resolver        | 127.0.0.0-127.255.254.255 | 127.255.255.254          | not asked: it refused the question with 127.255.255.254
            too many questions                           | 0.0.0.0-255.255.255.255   | 127.255.255.255          | not asked: it refused the question with 127.255.255.255
            a typing error in the zone                   | 127.0.0.0-127.255.255.255 | 127.255.255.252          | not asked: it refused the question with 127.255.255.252
            an error beside a listing                    | 127.0.0.0-127.255.254.255 | 127.255.255.254 127.0.0.2 | listed 127.0.0.2
            """)
    void whatAnAnswerMeans(String name, String counting, String records, String expected) {
        FakeDns dns = new FakeDns();
        if (records != null) {
            dns.a("9.113.0.203.bl.example", records.split(" "));
        }

        assertThat(text(list("bl.example", "bl.example", counting).ask(dns, InetAddress.ofLiteral("203.0.113.9"))))
                .as(name)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // RFC 5782 2.1
        "192.0.2.99, 99.2.0.192.bl.example",
        "255.0.128.1, 1.128.0.255.bl.example",
        // RFC 5782 2.4
        "2001:db8:1:2:3:4:567:89ab, b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.bl.example",
        "2001:db8::1, 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example",
    })
    void whatIsAsked(String address, String question) {
        FakeDns dns = new FakeDns().a(question, "127.0.0.2");

        assertThat(text(list("bl.example", "bl.example", EVERY).ask(dns, InetAddress.ofLiteral(address))))
                .isEqualTo("listed 127.0.0.2");
        assertThat(dns.questions).containsExactly("A " + question);
    }

    @Test
    void aNameWithoutAddressesIsNotListed() {
        FakeDns dns = new FakeDns().txt("9.113.0.203.bl.example", "listed, or so they say");

        assertThat(text(list("bl.example", "bl.example", EVERY).ask(dns, InetAddress.ofLiteral("203.0.113.9"))))
                .isEqualTo("not listed");
    }

    @Test
    void anAnswerThatDoesNotComeIsNoListing() {
        FakeDns dns = new FakeDns().failing("9.113.0.203.bl.example");

        assertThat(text(list("bl.example", "bl.example", EVERY).ask(dns, InetAddress.ofLiteral("203.0.113.9"))))
                .isEqualTo("not asked: SERVFAIL");
    }

    @Test
    void theZoneWithItsKeyIsShownNowhere() {
        BlockList list = list("k3y.zen.example", "zen.example", EVERY);
        FakeDns dns = new FakeDns() {
            @Override
            public Answer<InetAddress> addresses(String name, Family family) {
                return new Unknown<>("no answer about " + name);
            }
        };

        Listing listing = list.ask(dns, InetAddress.ofLiteral("203.0.113.9"));

        assertThat(text(listing)).isEqualTo("not asked: no answer about 9.113.0.203.zen.example");
        assertThat(listing.toString()).doesNotContain("k3y");
    }

    static BlockList list(String zone, String name, String answers) {
        List<AnswerRange> ranges = Arrays.stream(answers.split(" "))
                .map(range -> range.split("-"))
                .map(ends -> new AnswerRange(four(ends[0]), four(ends[1])))
                .toList();
        return new BlockList(zone, name, ranges, true);
    }

    private static Inet4Address four(String text) {
        return (Inet4Address) InetAddress.ofLiteral(text);
    }

    static String text(Listing listing) {
        return switch (listing) {
            case Listed listed -> "listed " + listed.answer().getHostAddress();
            case NotListed _ -> "not listed";
            case NotAsked notAsked -> "not asked: " + notAsked.reason();
        };
    }
}
