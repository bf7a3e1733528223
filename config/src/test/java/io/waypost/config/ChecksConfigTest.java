package io.waypost.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waypost.config.ChecksSettings.Mode;
import io.waypost.config.ChecksSettings.OnFailure;
import io.waypost.config.DnsblSettings.Action;
import io.waypost.config.FilterSettings.Policy;
import io.waypost.config.text.DataSize;
import io.waypost.config.text.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts {@code dns}, {@code checks} and {@code filters}. */
class ChecksConfigTest {

    private static final String KEY = "k3y-of-the-operator";

    @TempDir
    Path folder;

    private ConfigResult load(String text) throws IOException {
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/a.yaml"), "name: a\n");
        Path file = Files.writeString(folder.resolve("waypost.yaml"), text + "\nhostname: mx.example.com\n");
        return ConfigLoader.load(file, Map.of("KEY", KEY));
    }

    private WaypostConfig good(String text) throws IOException {
        ConfigResult result = load(text);
        assertThat(result.problems()).isEmpty();
        return result.config().orElseThrow();
    }

    @Test
    void nothingNeedsToBeSaid() throws IOException {
        WaypostConfig config = good("");

        assertThat(config.dns()).isEqualTo(new DnsSettings(List.of(), Duration.ofSeconds(3)));
        assertThat(config.checks())
                .isEqualTo(new ChecksSettings(
                        Mode.ENFORCE,
                        Duration.ofSeconds(30),
                        true,
                        true,
                        true,
                        new ChecksSettings.Arc(true, List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of()));
        assertThat(config.filters()).isEmpty();
    }

    @Test
    void aScannersDefaultsFollowFromItsAddress() throws IOException {
        ChecksSettings checks =
                good("checks: { spam: { rspamd: 'http://127.0.0.1:11333' }, virus: { clamd: 'clamd:3310' } }")
                        .checks();

        assertThat(checks.spam())
                .contains(new ChecksSettings.Spam(
                        URI.create("http://127.0.0.1:11333"),
                        Optional.empty(),
                        OnFailure.DEFER,
                        Duration.ofSeconds(10),
                        16,
                        DataSize.ofMegabytes(20)));
        assertThat(checks.virus())
                .contains(new ChecksSettings.Virus(
                        InetSocketAddress.createUnresolved("clamd", 3310),
                        OnFailure.DEFER,
                        Duration.ofSeconds(20),
                        8,
                        DataSize.ofMegabytes(25),
                        false));
    }

    @Test
    void everyKeyReachesItsRecord() throws IOException {
        WaypostConfig config = good("""
                dns: { servers: ["127.0.0.1:5353", "[::1]", 192.0.2.53, "[2001:db8::1]:54"], timeout: 100ms }
                checks:
                  mode: record
                  timeout: 40s
                  spf: off
                  dkim: on
                  dmarc: no
                  arc: { enabled: on, trustedSealers: [Lists.Example.net] }
                  spam: { rspamd: "https://spam.example", password: pw, onFailure: mark, timeout: 1s, concurrency: 3, largest: 1MB }
                  virus: { clamd: /run/clamav/clamd.ctl, onFailure: refuse, timeout: 2s, concurrency: 4, largest: 2MB, sentMail: on }
                  reverseName: off
                  dnsbl:
                    - Zen.Spamhaus.org
                    - { zone: bl.example, answers: [127.0.0.2, 127.0.0.4/30, 127.0.0.10-127.0.0.11], action: mark }
                    - { zone: "${KEY}.zen.example", name: zen.example }
                filters:
                  - { block: 203.0.113.0/24, name: noisy }
                  - { allow: 203.0.113.7 }
                  - { block: "::/0" }
                """);

        assertThat(config.dns())
                .isEqualTo(new DnsSettings(
                        List.of(
                                server("127.0.0.1", 5353),
                                server("::1", 53),
                                server("192.0.2.53", 53),
                                server("2001:db8::1", 54)),
                        Duration.ofMillis(100)));
        ChecksSettings checks = config.checks();
        assertThat(checks.mode()).isEqualTo(Mode.RECORD);
        assertThat(checks.timeout()).isEqualTo(Duration.ofSeconds(40));
        assertThat(checks.spf()).isFalse();
        assertThat(checks.dkim()).isTrue();
        assertThat(checks.dmarc()).isFalse();
        assertThat(checks.arc()).isEqualTo(new ChecksSettings.Arc(true, List.of("lists.example.net")));
        assertThat(checks.spam())
                .contains(new ChecksSettings.Spam(
                        URI.create("https://spam.example"),
                        Optional.of(new Secret("pw")),
                        OnFailure.MARK,
                        Duration.ofSeconds(1),
                        3,
                        DataSize.ofMegabytes(1)));
        assertThat(checks.virus())
                .contains(new ChecksSettings.Virus(
                        UnixDomainSocketAddress.of("/run/clamav/clamd.ctl"),
                        OnFailure.REFUSE,
                        Duration.ofSeconds(2),
                        4,
                        DataSize.ofMegabytes(2),
                        true));
        assertThat(checks.reverseName()).isFalse();
        assertThat(checks.dnsbl())
                .containsExactly(
                        new DnsblSettings(
                                "zen.spamhaus.org", "zen.spamhaus.org", List.of(AnswerRange.ALL), Action.REFUSE),
                        new DnsblSettings(
                                "bl.example",
                                "bl.example",
                                List.of(
                                        AnswerRange.of("127.0.0.2"),
                                        AnswerRange.of("127.0.0.4-127.0.0.7"),
                                        AnswerRange.of("127.0.0.10-127.0.0.11")),
                                Action.MARK),
                        new DnsblSettings(
                                KEY + ".zen.example", "zen.example", List.of(AnswerRange.ALL), Action.REFUSE));
        assertThat(config.filters())
                .containsExactly(
                        new FilterSettings(Policy.BLOCK, CidrBlock.of("203.0.113.0/24"), "noisy"),
                        new FilterSettings(Policy.ALLOW, CidrBlock.of("203.0.113.7"), "203.0.113.7/32"),
                        new FilterSettings(Policy.BLOCK, CidrBlock.of("::/0"), "0:0:0:0:0:0:0:0/0"));
    }

    private static InetSocketAddress server(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "{ enabled: off }"})
    void arcIsSwitchedOffByOneWord(String written) throws IOException {
        assertThat(good("checks: { arc: " + written + " }").checks().arc())
                .isEqualTo(new ChecksSettings.Arc(false, List.of()));
    }

    @Test
    void aShorterDeadlineOfAllShortensThoseThatAreNotWritten() throws IOException {
        ChecksSettings checks = good("checks: { timeout: 5s, spam: { rspamd: 'http://a' }, virus: { clamd: 'a:1' } }")
                .checks();

        assertThat(checks.spam().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(checks.virus().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aSingleListNeedsNoBrackets() throws IOException {
        assertThat(good("checks: { dnsbl: bl.example }").checks().dnsbl())
                .extracting(DnsblSettings::zone)
                .containsExactly("bl.example");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dns: {servers: [resolver.example]} | 'servers': 'resolver.example' is not an address; write host:port
            dns: {servers: ["resolver.example:53"]} | 'resolver.example:53' is no IP address; write it like 192.0.2.1:53
            dns: {servers: ["::1"]} | 'servers': '::1': an IPv6 address needs brackets
            dns: {servers: ["192.0.2.1:0"]} | the port is not a number from 1 to 65535
            dns: {servers: [192.0.2.1, "192.0.2.1:53"]} | 'servers': '192.0.2.1:53' stands here twice
            dns: {timeout: 99ms} | '99ms' is not from 100ms to 30s
            dns: {timeout: 31s} | '31s' is not from 100ms to 30s
            dns: {server: 192.0.2.1} | unknown key 'server'; did you mean 'servers'?
            checks: {mode: recrod} | 'recrod' is not one of enforce, record; did you mean 'record'?
            checks: {timeout: 6m} | '6m' is not from 1s to 5m
            checks: {spf: maybe} | 'spf': 'maybe' is neither true nor false
            checks: {spf: off, dkim: off} | 'dmarc': needs 'spf' or 'dkim', and both are off; switch one of them on, or write dmarc: off
            checks: {spf: off, dkim: off, dmarc: on} | 'dmarc': needs 'spf' or 'dkim'
            checks: {arc: maybe} | 'enabled': 'maybe' is neither true nor false
            checks: {arc: {enabled: off, trustedSealers: [a.example]}} | 'trustedSealers': there is nothing to trust while 'enabled' is off
            checks: {arc: {trustedSealers: [a_b]}} | 'a_b' is not a domain name
            checks: {arc: {sealers: []}} | unknown key 'sealers'
            checks: {spam: {}} | 'rspamd' is missing; it has no default
            checks: {spam: {rspamd: "127.0.0.1:11333"}} | is not a URL
            checks: {spam: {rspamd: "http://a/checkv2"}} | 'http://a/checkv2' must end behind the host and port
            checks: {spam: {rspamd: "http://a", onFailure: ignore}} | 'ignore' is not one of defer, mark, refuse
            checks: {spam: {rspamd: "http://a", timeout: 31s}} | '31s' is longer than all checks have, '30s'; raise 'checks.timeout'
            checks: {spam: {rspamd: "http://a", concurrency: 0}} | '0' is not a whole number from 1 to 10000
            checks: {spam: {rspamd: "http://a", largest: 1KB}} | '1KB' is not from 65536B to 2GB
            checks: {spam: {rspamd: "http://a", password: ""}} | a secret cannot be empty
            checks: {spam: on} | a mapping (name: value) is needed here, this is a value
            checks: {virus: {rspamd: "http://a"}} | 'clamd' is missing; it has no default
            checks: {virus: {clamd: clamd}} | 'clamd' is not an address; write host:port, 192.0.2.1:25 or [2001:db8::1]:25; the absolute path
            checks: {virus: {clamd: run/clamd.ctl}} | the absolute path of clamd's socket is taken, too
            checks: {virus: {clamd: "clamd:3310", timeout: 1h}} | '1h' is not from 100ms to 5m
            checks: {dnsbl: [a b]} | 'zone': 'a b' is not a domain name
            checks: {dnsbl: [{action: mark}]} | 'zone' is missing; it has no default
            checks: {dnsbl: [{zone: a.example, action: defer}]} | 'defer' is not one of refuse, mark
            checks: {dnsbl: [a.example, A.Example]} | 'zone': this list stands here twice; remove one of the two
            checks: {dnsbl: [a.example, {zone: b.example, name: a.example}]} | 'name': two lists have this name; rename one of them
            checks: {dnsbl: [{zone: a.example, answers: []}]} | 'answers': the list is empty; leave the key out to count every answer
            checks: {dnsbl: [{zone: a.example, answers: [10.0.0.1]}]} | '10.0.0.1' is no answer of a block list; write 127.0.0.2
            checks: {dnsbl: [{zone: a.example, answers: [126.0.0.0/7]}]} | '126.0.0.0/7' is no answer of a block list
            checks: {dnsbl: [{zone: a.example, answers: ["::1"]}]} | '::1' is no answer of a block list
            checks: {dnsbl: [{zone: a.example, answers: [127.0.0.9-127.0.0.2]}]} | '127.0.0.9-127.0.0.2' ends before it begins
            checks: {dnsbl: [{zone: a.example, answers: [127.0.0.2-]}]} | '127.0.0.2-' is no answer of a block list
            checks: {dnsbl: [{zone: a.example, answers: [127.0.0.5/30]}]} | did you mean '127.0.0.4/30'?
            checks: {dnsbl: [{zone: a.example, answers: [127.255.255.254]}]} | '127.255.255.254' never means "listed"
            checks: {dnsbl: ["${KEY}.zen.example"]} | 'zone': it came from the environment or a file, and refused senders are told the list's name; add a 'name'
            checks: {virusscan: {}} | unknown key 'virusscan'
            filters: [{}] | a filter has either 'block' or 'allow'
            filters: [{block: 192.0.2.1, allow: 192.0.2.2}] | a filter has either 'block' or 'allow'
            filters: [{block: example.com}] | 'block': 'example.com' is no range of addresses
            filters: [{allow: 192.0.2.1/24}] | 'allow': '192.0.2.1/24' has bits set behind its prefix; did you mean '192.0.2.0/24'?
            filters: [{allow: 192.0.2.0/33}] | the part behind '/' is not a number from 0 to 32
            filters: [{block: 192.0.2.1}, {block: 192.0.2.1/32}] | 'block': '192.0.2.1/32' is filtered twice; remove one of the two
            filters: [{block: 192.0.2.1, name: a}, {allow: 192.0.2.2, name: a}] | 'name': two filters are called 'a'; rename one of them
            filters: [{block: 192.0.2.1, name: "a b"}] | 'a b' is no name; use letters
            filters: [192.0.2.1] | a mapping (name: value) is needed here, this is a value
            filters: [{deny: 192.0.2.1}] | unknown key 'deny'; known here: allow, block, name
            """)
    void aFaultIsNamedWithWhatWouldBeRight(String line, String expected) throws IOException {
        String faults = String.join(
                        "\n",
                        load(line).problems().stream().map(Problem::toString).toList())
                .replace(folder + "/", "");

        assertThat(faults).startsWith("waypost.yaml:1: ").contains(expected).doesNotContain(KEY);
    }

    @Test
    void namesOfListsAreAscii() throws IOException {
        assertThat(good("checks: { dnsbl: [ { zone: bücher.example, name: Große.example } ] }")
                        .checks()
                        .dnsbl())
                .extracting(DnsblSettings::zone, DnsblSettings::name)
                .containsExactly(tuple("xn--bcher-kva.example", "grosse.example"));
    }

    @Test
    void aZoneFitsBeforeAnAddressOrIsRefused() throws IOException {
        String longest = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(61);

        assertThat(good("checks: { dnsbl: [" + longest + "] }").checks().dnsbl())
                .hasSize(1);
        assertThat(load("checks: { dnsbl: [" + longest + "d] }").problems())
                .singleElement()
                .asString()
                .contains("longer than 189 characters");
    }

    @Test
    void aSocketsPathHasAnEnd() throws IOException {
        assertThat(good("checks: { virus: { clamd: /" + "a".repeat(106) + " } }")
                        .checks()
                        .virus())
                .isPresent();
        assertThat(load("checks: { virus: { clamd: /" + "a".repeat(107) + " } }")
                        .problems())
                .singleElement()
                .asString()
                .contains("longer than the path of a socket can be, 107 bytes");
    }

    @Test
    void aKeyWithinAZoneIsShownNowhere() throws IOException {
        WaypostConfig config = good("""
                checks:
                  spam: { rspamd: "http://a", password: open-password }
                  dnsbl: [ { zone: "${KEY}.zen.example", name: zen.example } ]
                """);

        assertThat(config.effective())
                .doesNotContain(KEY, "open-password")
                .contains(
                        "checks.dnsbl[0].zone: ***\n",
                        "checks.dnsbl[0].name: zen.example\n",
                        "checks.spam.password: ***\n",
                        "checks.virus: -\n",
                        "checks.reverseName: on\n",
                        "dns.servers: []\n");
        assertThat(config.toString()).doesNotContain(KEY, "open-password").contains("zen.example");
    }
}
