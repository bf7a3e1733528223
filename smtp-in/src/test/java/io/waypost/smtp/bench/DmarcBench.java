package io.waypost.smtp.bench;

import io.waypost.message.header.HeaderBlock;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.dmarc.DmarcCheck;
import io.waypost.smtp.checks.results.AuthenticationResults;
import io.waypost.smtp.checks.results.ForgedResults;
import io.waypost.smtp.checks.results.Methods;
import io.waypost.smtp.testing.Headers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The time of one DMARC check whose questions are all answered from memory, and of its field: {@code DmarcBench ROUNDS}. */
public final class DmarcBench {

    private static final int CHECKS = 200_000;

    private DmarcBench() {}

    public static void main(String[] args) {
        Dns dns = new CachedDns();
        List<HeaderBlock.Field> header = Headers.block(
                        ("Received: from a by b; now\r\nFrom: \"Smith, Alice\" <alice@news.example.com>\r\n"
                                        + "To: b@example.net\r\nSubject: x\r\nAuthentication-Results: mx.example.net; none\r\n"
                                        + "Message-ID: <1@example.com>\r\n")
                                .getBytes(StandardCharsets.UTF_8))
                .fields();
        for (int round = 0; round < Integer.parseInt(args[0]); round++) {
            measure("equal", () -> DmarcCheck.check(header, Optional.empty(), List.of("news.example.com"), false, dns));
            measure(
                    "relaxed, two walks",
                    () -> DmarcCheck.check(
                            header, Optional.of("bounces.example.com"), List.of("mailer.example.org"), false, dns));
            var result = DmarcCheck.check(header, Optional.of("example.com"), List.of(), false, dns);
            measure(
                    "field",
                    () -> AuthenticationResults.field(
                            "mx.example.net",
                            List.of(
                                    Methods.spf("pass", "spfCheck: ok", "alice@news.example.com", "mx.example.com"),
                                    Methods.dmarc(result),
                                    Methods.iprev("pass", InetAddress.ofLiteral("192.0.2.25"))),
                            false));
            measure("forged", () -> ForgedResults.among(header, "mx.example.net", java.util.Set.of()));
        }
    }

    private static void measure(String what, Supplier<Object> work) {
        int sum = 0;
        long began = System.nanoTime();
        for (int i = 0; i < CHECKS; i++) {
            sum += work.get().hashCode() & 1;
        }
        double micros = (System.nanoTime() - began) / 1e3 / CHECKS;
        System.out.printf("%-20s %.2f us (%d)%n", what, micros, sum & 1);
    }

    private static final class CachedDns implements Dns {
        private final Map<String, Answer<String>> known = Map.of(
                "_dmarc.example.com", new Found<>(List.of("v=DMARC1; p=reject; rua=mailto:d@example.com"), false));

        @Override
        public Answer<String> texts(String name) {
            return known.getOrDefault(name, new NoName<>());
        }

        @Override
        public Answer<InetAddress> addresses(String name, Family family) {
            return new NoName<>();
        }

        @Override
        public Answer<Exchanger> exchangers(String name) {
            return new NoName<>();
        }

        @Override
        public Answer<String> names(InetAddress address) {
            return new NoName<>();
        }
    }
}
