package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.Postfix;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import io.waypost.smtp.testing.LocalDns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail that leaves without route and relay: a name server names the exchanger, which is a Postfix. */
class ExchangerLineTest {

    private static final String MESSAGE =
            "From: <alice@sender.test>\r\nTo: <box@example.test>\r\nSubject: A printer\r\n\r\non fire\r\n";

    @TempDir
    Path folder;

    private static Setup setup(Path folder, LocalDns dns, int port) throws Exception {
        Setup setup = new Setup(folder);
        return setup.unchecked(dns.address().getPort())
                .with("outbound: { port: %d, allowPrivate: true }%n".formatted(port))
                .rules("""
                        name: main
                        active: true
                        rules:
                          - name: away
                            actions: [ { forward: { to: bob@far.test, from: owner@example.test } } ]
                        """);
    }

    private static void send(Setup setup) throws Exception {
        try (Sender sender = new Sender(setup.smtpPort())) {
            sender.send("alice@sender.test", "box@example.test", MESSAGE.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void mailGoesToTheExchangerOfItsDomainOverKeptConnections() throws Exception {
        try (LocalDns dns = new LocalDns();
                Postfix postfix = new Postfix(folder, 1)) {
            dns.add("far.test", 60, "MX", "10 mx.far.test.").add("mx.far.test", 60, "A", "127.0.0.1");
            Setup setup = setup(folder, dns, postfix.port()).write();
            try (Server server = InProcess.start(setup)) {
                send(setup);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(postfix.log()).contains("to=<bob@far.test>"));
                send(setup);
                InProcess.awaitSettled(setup);
                assertThat(dns.questions).contains("MX far.test", "A mx.far.test", "TXT _mta-sts.far.test");
            }
        }
    }

    @Test
    void aTlsaRecordOfAnotherCertificateHoldsTheMailBack() throws Exception {
        try (LocalDns dns = new LocalDns();
                RelaySink sink = new RelaySink()) {
            dns.authenticated = true;
            dns.add("far.test", 60, "MX", "10 mx.far.test.")
                    .add("mx.far.test", 60, "A", "127.0.0.1")
                    .add("_" + sink.port() + "._tcp.mx.far.test", 60, "TLSA", "3 1 1 " + "ab".repeat(32));
            Setup setup = setup(folder, dns, sink.port()).write();
            try (Server server = InProcess.start(setup)) {
                send(setup);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> dns.questions.contains("TLSA _" + sink.port() + "._tcp.mx.far.test"));
                send(setup);
                assertThat(sink.taken()).isEmpty();
            }
        }
    }
}
