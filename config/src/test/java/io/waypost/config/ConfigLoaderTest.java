package io.waypost.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.DataSize;
import io.waypost.config.text.Place;
import io.waypost.config.text.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

    private static final String SECRET = "hunter2-hunter2-hunter2";

    @TempDir
    Path folder;

    @BeforeEach
    void rules() throws IOException {
        Files.createDirectory(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/a.yaml"), "name: a\n");
        Files.createDirectory(folder.resolve("tls"));
        Files.writeString(folder.resolve("tls/chain.pem"), "");
        Files.writeString(folder.resolve("tls/key.pem"), "");
    }

    private ConfigResult load(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("waypost.yaml"), text);
        return ConfigLoader.load(file, Map.of("SECRET", SECRET));
    }

    private WaypostConfig good(String text) throws IOException {
        ConfigResult result = load("hostname: mx.example.com\n" + text);
        assertThat(result.problems()).isEmpty();
        return result.config().orElseThrow();
    }

    private Place at(int line) {
        return new Place(folder.resolve("waypost.yaml").toString(), line);
    }

    private String faults(String text) throws IOException {
        ConfigResult result = load(text);
        assertThat(result.config().isPresent()).isEqualTo(result.problems().isEmpty());
        return String.join(
                        "\n", result.problems().stream().map(Problem::toString).toList())
                .replace(folder + "/", "");
    }

    @Test
    void aNameIsAllThatMustBeSaid() throws IOException {
        WaypostConfig config = good("");

        assertThat(config.hostname()).isEqualTo("mx.example.com");
        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.smtp().listeners())
                .containsExactly(new SmtpSettings.Listener(
                        InetSocketAddress.createUnresolved("0.0.0.0", 2525), SmtpSettings.Tls.STARTTLS, List.of()));
        assertThat(config.submission()).isEqualTo(new SubmissionSettings(List.of(), DataSize.ofMegabytes(40), 50));
        assertThat(config.smtp().certificate()).isEmpty();
        assertThat(config.smtp().limits())
                .isEqualTo(new SmtpSettings.Limits(
                        DataSize.ofMegabytes(40), 100, 2000, 50, Duration.ofMinutes(5), Duration.ofMinutes(10), 50));
        assertThat(config.domains()).isEmpty();
        assertThat(config.objects().folder()).isEqualTo(Path.of("data/objects"));
        assertThat(config.objects().s3()).isEmpty();
        assertThat(config.webhooks()).isEmpty();
        assertThat(config.topics()).isEmpty();
        assertThat(config.endpoints()).isEmpty();
        assertThat(config.retry())
                .isEqualTo(new RetrySettings(Duration.ofSeconds(5), 2, Duration.ofHours(1), Duration.ofDays(3)));
        assertThat(config.rules().patterns()).containsExactly("rules/*.yaml");
        assertThat(config.http()).isEqualTo(InetSocketAddress.createUnresolved("127.0.0.1", 8080));
        assertThat(config.outbound())
                .isEqualTo(new OutboundSettings(
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        Map.of(),
                        25,
                        false,
                        true,
                        true,
                        java.util.Optional.empty(),
                        20,
                        Duration.ofSeconds(5),
                        100,
                        Map.of(),
                        Map.of()));
        assertThat(config.history()).isEqualTo(Duration.ofDays(30));
        assertThat(config.store())
                .isEqualTo(new StoreSettings(
                        DataSize.ofMegabytes(64), DataSize.ofMegabytes(2), DataSize.ofMegabytes(500)));
        assertThat(config.work()).isEqualTo(new WorkSettings(1000));
        assertThat(config.mailLog())
                .isEqualTo(new MailLogSettings(
                        Path.of("data/log/mail.jsonl"), DataSize.ofMegabytes(100), Duration.ofDays(1), 14));
    }

    @Test
    void everyKeyReachesItsRecord() throws IOException {
        WaypostConfig config = good("""
                data: /var/lib/waypost
                domains: [Example.COM, bücher.example]
                smtp:
                  listeners:
                    - { address: "[::1]:25", tls: implicit, proxyProtocol: [10.0.0.0/8, "2001:db8::/32", 192.0.2.7] }
                    - { address: "localhost:0", tls: none }
                  certificate: { chain: tls/chain.pem, key: tls/key.pem }
                objects:
                  s3: { endpoint: "https://s3.example:9000", accessKey: "${SECRET}", secretKey: abc, pathStyle: no, region: eu-1, linkExpiry: 1h }
                webhooks:
                  w: { url: "https://user.example/a?b=c", secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3", timeout: 3s, concurrency: 4, allowPrivate: yes }
                topics:
                  t: [ { http: "http://10.0.0.1/x", secret: "${SECRET}", allowPrivate: true }, { camel: "kafka:t?brokers=b:9092" } ]
                endpoints: { e: "kafka:e?password=pw" }
                outbound: { relay: "relay.example:587", routes: { Partner.Example: "[2001:db8::1]:25" } }
                retry: { factor: 1.5 }
                rules: [rules/a.yaml, "rules/{a,b}.yaml"]
                """);

        SmtpSettings.Listener first = config.smtp().listeners().getFirst();
        assertThat(first.address()).isEqualTo(InetSocketAddress.createUnresolved("::1", 25));
        assertThat(first.tls()).isEqualTo(SmtpSettings.Tls.IMPLICIT);
        assertThat(first.proxyProtocol()).hasToString("[10.0.0.0/8, 2001:db8:0:0:0:0:0:0/32, 192.0.2.7/32]");
        assertThat(config.smtp().certificate())
                .contains(new SmtpSettings.Certificate(folder.resolve("tls/chain.pem"), folder.resolve("tls/key.pem")));
        assertThat(config.domains()).containsExactly("example.com", "bücher.example");
        assertThat(config.objects().folder()).isEqualTo(Path.of("/var/lib/waypost/objects"));
        ObjectSettings.S3 s3 = config.objects().s3().orElseThrow();
        assertThat(s3.endpoint()).hasToString("https://s3.example:9000");
        assertThat(s3.accessKey().reveal()).isEqualTo(SECRET);
        assertThat(s3.pathStyle()).isFalse();
        assertThat(s3.linkExpiry()).isEqualTo(Duration.ofHours(1));
        assertThat(config.webhooks().get("w"))
                .isEqualTo(new WebhookSettings(
                        java.net.URI.create("https://user.example/a?b=c"),
                        new Secret("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"),
                        Duration.ofSeconds(3),
                        4,
                        true));
        assertThat(config.topics().get("t"))
                .containsExactly(
                        new SubscriberSettings.Http(
                                java.net.URI.create("http://10.0.0.1/x"),
                                java.util.Optional.of(new Secret(SECRET)),
                                true),
                        new SubscriberSettings.Camel(
                                new EndpointSettings(new Secret("kafka:t?brokers=b:9092"), at(14))));
        assertThat(config.endpoints())
                .containsEntry("e", new EndpointSettings(new Secret("kafka:e?password=pw"), at(15)));
        assertThat(config.outbound().relay()).contains(InetSocketAddress.createUnresolved("relay.example", 587));
        assertThat(config.outbound().routes())
                .containsEntry("partner.example", InetSocketAddress.createUnresolved("2001:db8::1", 25));
        assertThat(config.retry().factor()).isEqualTo(1.5);
        assertThat(config.mailLog().file()).isEqualTo(Path.of("/var/lib/waypost/log/mail.jsonl"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hostname: '' | waypost.yaml:1: 'hostname': '' is not a domain name
            hostname: "a b" | 'a b' is not a domain name like mail.example.com
            hostname: 192.0.2.1 | '192.0.2.1' is not a domain name
            domains: [example.com, EXAMPLE.com] | 'domains': 'example.com' stands here 2 times
            domains: [-a.example] | '-a.example' is not a domain name
            domains: ["a..b"] | 'a..b' is not a domain name
            domains: ["*.example.com"] | '*.example.com' is not a domain name
            domains: {a: b} | a value is needed here, this is a mapping
            smtp: {listeners: []} | 'listeners': the list is empty; leave the key out to listen on 0.0.0.0:2525
            smtp: {listeners: [{tls: none}]} | 'address' is missing; it has no default
            smtp: {listeners: [{address: "1.2.3.4"}]} | '1.2.3.4' is not an address; write host:port
            smtp: {listeners: [{address: "::1:25"}]} | '::1:25': an IPv6 address needs brackets, as in [::1]:25
            smtp: {listeners: [{address: "[::g]:25"}]} | there is no IPv6 address between the brackets
            smtp: {listeners: [{address: "a:70000"}]} | 'a:70000': the port is not a number from 0 to 65535
            smtp: {listeners: [{address: "300.1.1.1:25"}]} | '300.1.1.1' is not a domain name
            smtp: {listeners: [{address: "a:25", tls: starttsl}]} | 'starttsl' is not one of starttls, implicit, none; did you mean 'starttls'?
            smtp: {listeners: [{address: "a:25"}, {address: "a:25"}]} | 'address': 'a:25' collides with the listener on 'a:25'
            smtp: {listeners: [{address: "0.0.0.0:25"}, {address: "[::1]:25"}]} | '[::1]:25' collides with the listener on '0.0.0.0:25'
            smtp: {listeners: [{address: "a:25", proxyProtocol: [10.0.0.1/8]}]} | '10.0.0.1/8' has bits set behind its prefix; did you mean '10.0.0.0/8'?
            smtp: {listeners: [{address: "a:25", proxyProtocol: [10.0.0.0/33]}]} | the part behind '/' is not a number from 0 to 32
            smtp: {listeners: [{address: "a:25", proxyProtocol: [proxy]}]} | 'proxy' is no range of addresses
            smtp: {listeners: [{adress: "a:25"}]} | unknown key 'adress'; did you mean 'address'?
            smtp: {certificate: {chain: tls/chain.pem}} | 'key' is missing; it has no default
            smtp: {certificate: {chain: tls/none.pem, key: tls/key.pem}} | 'chain': there is no readable file
            smtp: {limits: {messageSize: 1KB}} | '1KB' is not from 65536B to 2GB
            smtp: {limits: {connections: 10, perAddress: 11}} | 'perAddress': '11' is more than 'connections', '10'
            smtp: {limits: {commandTimeout: 0s}} | '0s' is not from 1s to 1h
            smtp: {limits: {commandTimeout: 5}} | '5' is not a duration
            smtp: {limit: {}} | unknown key 'limit'; did you mean 'limits'?
            submission: {listeners: []} | 'listeners': there is none; leave 'submission' out to take no submissions
            submission: {listeners: [{tls: implicit}]} | 'address' is missing; it has no default
            submission: {listeners: [{address: "a:587", tls: none}]} | 'tls': 'none' would show passwords to everybody on the way; use 'starttls' or 'implicit'
            submission: {listeners: [{address: "a:587"}, {address: "a:587", tls: implicit}]} | 'address': 'a:587' collides with the listener on 'a:587'
            submission: {listeners: [{address: "a:2525"}]} | 'address': 'a:2525' collides with the listener on '0.0.0.0:2525'
            submission: {listeners: [{address: "127.0.0.1:8080"}]} | '127.0.0.1:8080' collides with the SMTP listener on '127.0.0.1:8080'
            submission: {limits: {recipients: 50}} | 'listeners': there is none; leave 'submission' out to take no submissions
            submission: {limits: {recipients: 51}} | '51' is not a whole number from 1 to 50
            submission: {limits: {messageSize: 3GB}} | '3GB' is not from 65536B to 2GB
            submission: {listener: []} | unknown key 'listener'; did you mean 'listeners'?
            http: {limits: {connections: 10, perAddress: 11}} | '11' is more than 'connections', '10'
            http: {limits: {failedSignatures: 0}} | '0' is not
            http: {address: "127.0.0.1:2525"} | '127.0.0.1:2525' collides with the SMTP listener on '0.0.0.0:2525'
            objects: {s3: {region: x}} | 'endpoint' is missing; it has no default
            objects: {s3: {endpoint: "s3.example:9000", accessKey: a, secretKey: b}} | is not an absolute http or https URL
            objects: {s3: {endpoint: "http://s3/path", accessKey: a, secretKey: b}} | 'http://s3/path' must end behind the host and port
            objects: {s3: {endpoint: "http://s3", accessKey: a, secretKey: b, linkExpiry: 8d}} | '8d' is not from 0s to 7d
            objects: {s3: {endpoint: "http://s3", accessKey: a, secretKey: ""}} | a secret cannot be empty
            webhooks: {w: {secret: 0123456789abcdef}} | 'url' is missing; it has no default
            webhooks: {w: {url: "http://a/", secret: short}} | a secret needs 16 characters at least
            webhooks: {w: {url: "http://a/", secret: whsec_abc}} | behind whsec_ there must be the base64 of 24 to 64 bytes
            webhooks: {w: {url: "http://a/"}} | 'secret' is missing; it has no default
            webhooks: {w: {url: "ftp://a/", secret: 0123456789abcdef}} | 'ftp://a/' is not an absolute http or https URL
            webhooks: {w: {url: "/hook", secret: 0123456789abcdef}} | '/hook' is not an absolute http or https URL
            webhooks: {w: {url: "http://a b/", secret: 0123456789abcdef}} | 'http://a b/' is not a URL
            webhooks: {w: {url: "http://u:pw@a/", secret: 0123456789abcdef}} | 'http:***' must have neither a user name nor a #
            webhooks: {w: {url: "http://a:99999999/", secret: 0123456789abcdef}} | 'http://a:99999999/': the port is not a number from 1 to 65535
            webhooks: {"a b": {}} | 'webhooks': 'a b' is no name; use letters
            webhooks: [1] | a mapping (name: value) is needed here, this is a list
            topics: {t: []} | 'topics': 't' has no subscriber
            topics: {t: [{}]} | a subscriber has either 'http' or 'camel'
            topics: {t: [{http: "http://a/", camel: "seda:a"}]} | a subscriber has either 'http' or 'camel'
            topics: {t: [{camel: "seda:a", secret: 0123456789abcdef}]} | unknown key 'secret'
            topics: {t: [{camel: "no uri"}]} | 'no uri' is not the URI of a Camel endpoint
            endpoints: {e: "pass@word?secret"} | '***' is not the URI of a Camel endpoint
            endpoints: {e: } | 'e' has no value
            outbound: {relay: "relay.example"} | 'relay': 'relay.example' is not an address
            outbound: {relayUser: u} | a login needs both 'relayUser' and 'relayPassword'
            outbound: {relayUser: u, relayPassword: p} | there is no 'relay' to log in to
            outbound: {port: 0} | is not a whole number from 1 to 65535
            outbound: {destinations: {a.example: {rate: fast}}} | 'fast' is not a number of mails a second
            outbound: {destinations: {a.example: {connections: 0}}} | is not a whole number from 1 to 1000
            outbound: {pools: {p: []}} | 'p' has no address
            outbound: {trust: none.pem} | 'trust': there is no readable file
            outbound: {pools: {p: [{address: example.com}]}} | 'example.com' is not an address of a server
            outbound: {pools: {p: [{address: 192.0.2.1, seenAs: example.com}]}} | 'example.com' is not an address of a server
            outbound: {pools: {p: [{address: 192.0.2.1, warmUp: {from: today}}]}} | 'today' is not a day
            outbound: {relay: "relay.example:0"} | the port is not a number from 1 to 65535
            outbound: {routes: {"a b": "h:25"}} | 'a b' is not a domain name
            outbound: {routes: {a.example: "h"}} | 'h' is not an address
            retry: {first: 2h} | 'max': '1h' is shorter than 'first', '2h'
            retry: {giveUpAfter: 30m} | 'giveUpAfter': '30m' is shorter than 'max', '1h'
            retry: {factor: 0.5} | '0.5' is not a number from 1 to 100
            retry: {factor: two} | 'two' is not a number from 1 to 100
            store: {segmentSize: 8MB, fileThreshold: 3MB} | '3MB' is more than a quarter of 'segmentSize', '8MB'
            work: {inHand: 0} | '0' is not a whole number from 1 to 100000
            rules: none/*.yaml | 'rules': no file matches 'none/*.yaml' in
            rules: [] | 'rules': the list is empty
            rules: "*/a.yaml" | only the file's name may be a pattern
            rules: "rules/[a.yaml" | is not a pattern
            history: forever | 'forever' is not a duration
            rule: rules/*.yaml | unknown key 'rule'; did you mean 'rules'?
            <<: {} | merge keys (<<) are not allowed
            """)
    void aFaultIsNamedWithWhatWouldBeRight(String line, String expected) throws IOException {
        String text = line.startsWith("hostname") ? line : line + "\nhostname: mx.example.com\n";

        assertThat(faults(text)).startsWith("waypost.yaml:1: ").contains(expected);
    }

    @Test
    void allFaultsComeAtOnceInTheOrderOfTheirLines() throws IOException {
        String faults = faults("""
                hostnam: mx
                smtp:
                  limits: { hops: many }
                domains: [a_b]
                retry: { first: 1 }
                ses: { sandbox: x }
                """);

        assertThat(faults.lines().map(line -> line.replaceFirst("(waypost.yaml:\\d).*", "$1")))
                .containsExactly(
                        "waypost.yaml:1",
                        "waypost.yaml:1",
                        "waypost.yaml:3",
                        "waypost.yaml:4",
                        "waypost.yaml:5",
                        "waypost.yaml:6");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            history: long | ``
            http: { adress: a } | ``
            domains: [a_b] | domains
            webhooks: [1] | webhooks
            webhooks: { w: { url: "http://a/" } } | webhooks
            webhooks: { w: { url: "http://a/", secret: "${NONE}" } } | webhooks
            topics: { t: [] } | topics
            endpoints: { "a b": "file:x" } | endpoints
            objects: { s3: { region: x } } | objects
            webhook: { w: {} } | domains,endpoints,functions,objects,topics,webhooks
            <<: {} | domains,endpoints,functions,objects,topics,webhooks
            """)
    void aFaultMakesDoubtfulWhatItTouches(String line, String sections) throws IOException {
        ConfigResult result = load("hostname: mx.example.com\n" + line + "\n");

        assertThat(result.config()).isEmpty();
        assertThat(String.join(",", result.readable().orElseThrow().doubtful())).isEqualTo(sections);
    }

    @Test
    void aMisspeltKeyMakesOnlyMissingSectionsDoubtful() throws IOException {
        ConfigResult result = load("""
                hostname: mx.example.com
                domains: [example.com]
                webhooks:
                  w: { url: "http://a/", secret: 0123456789abcdef }
                topic: {}
                endpoints: {}
                """);

        ConfigResult.Readable readable = result.readable().orElseThrow();
        assertThat(readable.doubtful()).containsExactly("functions", "objects", "topics");
        assertThat(readable.config().webhooks()).containsKey("w");
        assertThat(readable.config().domains()).containsExactly("example.com");
    }

    @Test
    void whoeverMayUseTheApiNeedsNoRuleFile() throws IOException {
        assertThat(load("hostname: mx.example.com\nrules: none/*.yaml\n").problems())
                .hasSize(1);
        assertThat(load("hostname: mx.example.com\nrules: none/*.yaml\naccounts: [ { id: \"123456789012\" } ]\n")
                        .problems())
                .isEmpty();
    }

    @Test
    void endpointsKnowWhereTheyStand() throws IOException {
        WaypostConfig config = good("""
                endpoints:
                  a: "file:a"
                topics:
                  t:
                    - http: "https://a.example/"
                    - camel: "file:b"
                """);

        assertThat(config.endpoints().get("a")).isEqualTo(new EndpointSettings(new Secret("file:a"), at(3)));
        assertThat(config.topics().get("t").getLast())
                .isEqualTo(new SubscriberSettings.Camel(new EndpointSettings(new Secret("file:b"), at(7))));
    }

    @Test
    void aMissingFileOrOneThatIsNoMappingIsOneFault() throws IOException {
        assertThat(ConfigLoader.load(folder.resolve("none.yaml"), Map.of()).problems())
                .singleElement()
                .asString()
                .contains("there is no such file");
        assertThat(faults("- a\n"))
                .startsWith("waypost.yaml:1: a mapping (name: value) is needed here, this is a list");
        assertThat(faults("")).isEqualTo("waypost.yaml:1: the file is empty");
    }

    @Test
    void theEffectiveConfigurationShowsEverythingButSecrets() throws IOException {
        String effective = good("""
                        objects: { s3: { endpoint: "http://127.0.0.1:8333", accessKey: open-text-key, secretKey: "${SECRET}" } }
                        webhooks: { w: { url: "https://a.example/x?token=t0ken", secret: clear-text-secret } }
                        topics: { t: [ { camel: "ftp://joe:pw@h/?x=y" }, { camel: "kafka:t?sasl=pw" } ] }
                        endpoints: { e: "kafka:e?password=pw", f: "${SECRET}:x" }
                        outbound: { relay: "${SECRET}:25", routes: { a.example: "${SECRET}:25" } }
                        """).effective();

        assertThat(effective)
                .doesNotContain(SECRET, "open-text-key", "t0ken", "clear-text-secret", "joe", "pw")
                .contains(
                        "hostname: mx.example.com\n",
                        "smtp.limits.messageSize: 40MB\n",
                        "objects.s3.accessKey: ***\n",
                        "webhooks.w.url: https://a.example/x?***\n",
                        "webhooks.w.timeout: 10s\n",
                        "topics.t[0].camel: ftp:***\n",
                        "topics.t[1].camel: kafka:t?***\n",
                        "endpoints.e: kafka:e?***\n",
                        "endpoints.f: ***\n",
                        "outbound.relay: ***\n",
                        "outbound.routes.a.example: ***\n");
    }

    @Test
    void recordsDoNotShowTheirSecrets() throws IOException {
        WaypostConfig config =
                good("objects: { s3: { endpoint: 'http://a', accessKey: open-key, secretKey: '${SECRET}' } }\n"
                        + "endpoints: { e: 'kafka:e?password=pw' }\n");

        assertThat(config.toString()).doesNotContain(SECRET, "open-key", "password");
    }

    @Test
    void ruleFilesAreThoseThatMatchNowWithoutHiddenOnes() throws IOException {
        RulePatterns rules = good("").rules();
        Files.writeString(folder.resolve("rules/.b.yaml"), "");
        Files.writeString(folder.resolve("rules/c.yaml"), "");
        Files.writeString(folder.resolve("rules/c.yaml~"), "");
        Files.createDirectory(folder.resolve("rules/d.yaml"));

        assertThat(rules.files()).containsExactly(folder.resolve("rules/a.yaml"), folder.resolve("rules/c.yaml"));
        assertThat(rules.folders()).containsExactly(folder.resolve("rules"));
    }
}
