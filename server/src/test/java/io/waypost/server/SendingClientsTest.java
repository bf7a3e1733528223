package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Setup;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real clients send, with nothing changed but the endpoint; what they send is at the next server, signed. */
class SendingClientsTest {

    private static final String REGION = "us-east-1";

    @TempDir
    Path folder;

    private RelaySink relay;
    private Setup setup;
    private Server server;

    @BeforeEach
    void begin() throws Exception {
        relay = new RelaySink();
        setup = new Setup(folder)
                .rules("name: main\nactive: true\nrules: []\n")
                .with("""
                        accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                        ses: { regions: [ %s ], verify: atOnce, sandbox: false }
                        outbound: { relay: "127.0.0.1:%d" }
                        """.formatted(RealClients.KEY, RealClients.SECRET, REGION, relay.port()))
                .write();
        server = InProcess.start(setup);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        relay.close();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + setup.httpPort();
    }

    private RelaySink.Taken taken(String to) {
        await().atMost(Duration.ofSeconds(30)).until(() -> relay.taken().stream()
                .anyMatch(mail -> mail.to().getFirst().startsWith("<" + to + ">")));
        RelaySink.Taken mail = relay.taken().stream()
                .filter(one -> one.to().getFirst().startsWith("<" + to + ">"))
                .findFirst()
                .orElseThrow();
        assertThat(mail.content()).startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.test;");
        return mail;
    }

    @Test
    void theAwsCommand() throws Exception {
        RealClients.shell("sending.sh", endpoint(), REGION);
        taken("cli-1@customer.test");
        assertThat(taken("cli-2@customer.test").content()).contains("Subject: Two\r\n");
        assertThat(taken("cli-3@customer.test").content()).contains("Subject: Hello Ann\r\n", "Dear Ann, <b>");
        taken("cli-4@customer.test");
        assertThat(relay.taken()).hasSize(4);
    }

    @Test
    void boto3() throws Exception {
        RealClients.python("sending.py", endpoint(), REGION);
        assertThat(taken("py-1@customer.test").content()).contains("multipart/alternative");
        assertThat(taken("py-2@customer.test").content()).endsWith("Subject: Two\r\n\r\nHello\r\n");
        assertThat(taken("py-3@customer.test").content()).contains("Subject: For Ann\r\n", "a b ");
        assertThat(taken("py-4@customer.test").content()).contains("Subject: For all\r\n");
        assertThat(relay.taken()).hasSize(4);
    }

    @Test
    void nodemailer() throws Exception {
        RealClients.node("sending.mjs", endpoint(), REGION);
        assertThat(taken("node-1@customer.test").content())
                .contains("Subject: =?UTF-8?", "filename=a.txt")
                .doesNotContain("X-SES-");
    }
}
