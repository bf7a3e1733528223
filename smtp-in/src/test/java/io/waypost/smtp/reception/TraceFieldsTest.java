package io.waypost.smtp.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.smtp.checks.Findings;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceFieldsTest {

    private static final MessageId ID = new MessageId("0".repeat(40));
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private static String fields(ReversePath from, String helo, String address, String... to) throws Exception {
        Client client = new Client(
                InetAddress.ofLiteral(address),
                1,
                helo,
                "ESMTPS",
                Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384")));
        Envelope envelope = Envelope.of(
                from, java.util.Arrays.stream(to).map(EmailAddress::of).toList(), client);
        return new String(TraceFields.of(envelope, Findings.NONE, "mx.example.com", ID, AT), StandardCharsets.UTF_8);
    }

    @Test
    void lookAsTheStandardWantsThem() throws Exception {
        assertThat(fields(ReversePath.NULL, "[192.0.2.1]", "2001:db8::1", "a@example.com", "b@example.com"))
                .isEqualTo("Return-Path: <>\r\n"
                        + "Received: from [192.0.2.1] ([IPv6:2001:db8:0:0:0:0:0:1])\r\n"
                        + " by mx.example.com with ESMTPS (TLSv1.3 TLS_AES_256_GCM_SHA384)\r\n"
                        + " id 0000000000000000000000000000000000000000;\r\n"
                        + " Fri, 2 Jan 2026 03:04:05 +0000 (UTC)\r\n");
    }

    @Test
    void nothingTheSenderSaidBecomesAFieldOfItsOwn() throws Exception {
        ReversePath evil = ReversePath.of(EmailAddress.of("\"a\r\nX-Evil: yes\u0085\"@sender.example"));
        for (String line : fields(evil, "x\r\nX-Evil: yes", "192.0.2.1", "\"b\n c\"@example.com")
                .split("\r\n")) {
            assertThat(line).matches("(Return-Path: |Received: | ).*").doesNotContain("\n", "\r", "\u0085");
        }
    }
}
