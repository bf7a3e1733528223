package io.waypost.smtp.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import org.junit.jupiter.api.Test;

class FirstMailTest {

    @Test
    void aMailIsStoredAsReceivedBelowItsTraceFields() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT);
                RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            client.send("Subject: hi\r\n\r\n..dot\r\n..\r\ntext\r\n.\r\n");
            String reply = client.reply();
            assertThat(client.command("QUIT")).isEqualTo("221 2.0.0 Bye");
            assertThat(client.line()).isNull();

            assertThat(server.spool.stored).hasSize(1);
            var mail = server.spool.stored.getFirst();
            assertThat(reply)
                    .isEqualTo("250 2.0.0 Ok " + mail.acceptance().id())
                    .matches("250 2.0.0 Ok [0-9a-v]{40}");
            assertThat(mail.text()).isEqualTo("Subject: hi\r\n\r\n.dot\r\n.\r\ntext\r\n");
            assertThat(mail.trace())
                    .isEqualTo("Return-Path: <alice@sender.example>\r\n"
                            + "Received: from client.example ([127.0.0.1])\r\n"
                            + " by mx.example.com with ESMTP\r\n"
                            + " id " + mail.acceptance().id() + "\r\n"
                            + " for <bob@example.com>;\r\n"
                            + " Mon, 23 Nov 2026 08:00:00 +0000 (UTC)\r\n");
            assertThat(server.routing.accepted).hasSize(1);
            assertThat(server.log.accepted()).isEqualTo(1);
        }
    }
}
