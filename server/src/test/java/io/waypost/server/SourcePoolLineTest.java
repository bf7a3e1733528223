package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Setup;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A configuration set with a pool of source addresses, on the whole server. */
@Timeout(120)
class SourcePoolLineTest {

    @TempDir
    Path folder;

    @Test
    void aMailLeavesFromItsPoolUnderItsName() throws Exception {
        try (RelaySink sink = new RelaySink()) {
            Setup setup = new Setup(folder)
                    .rules("name: main\nactive: true\nrules: []\n")
                    .with(Shop.ACCOUNT)
                    .with("""
                            outbound:
                              routes: { customer.test: "127.0.0.1:%d" }
                              pools:
                                bulk: [ { address: 127.0.0.5, hostname: bulk.example.test, seenAs: 203.0.113.7 } ]
                            """.formatted(sink.port()))
                    .write();
            try (Server server = InProcess.start(setup);
                    Shop shop = new Shop(setup)) {
                shop.ses().createConfigurationSet(r -> r.configurationSetName("news")
                        .deliveryOptions(d -> d.sendingPoolName("bulk")));

                String pooled = shop.sendUnder("news", "bob@customer.test");
                shop.awaitTrace(pooled, ", from 127.0.0.5, ", "  settled ");
                String plain = shop.send("bob@customer.test");
                shop.awaitTrace(plain, ", from 127.0.0.1, ", "  settled ");

                assertThat(sink.greetings())
                        .containsExactly("127.0.0.5 bulk.example.test", "127.0.0.1 mx.example.test");
                String first = sink.taken().getFirst().content();
                assertThat(first)
                        .matches(Pattern.compile(
                                "X-SES-Outgoing: \\d{4}\\.\\d\\d\\.\\d\\d-203\\.0\\.113\\.7\r\nDKIM-Signature: .*",
                                Pattern.DOTALL));
                assertThat(first.substring(0, first.indexOf("bh=")).toLowerCase(java.util.Locale.ROOT))
                        .as("not signed: another host may be told another address")
                        .doesNotContain("h=x-ses", ":x-ses");
                assertThat(sink.taken().get(1).content())
                        .as("nobody outside knows this address")
                        .doesNotContain("X-SES-");
            }
        }
    }
}
