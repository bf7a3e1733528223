package io.waypost.smtp.checks.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageId;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.Dkimpy;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.reception.ReceiptVerifier;
import io.waypost.smtp.testing.FakeDns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the listener writes on top is taken by our own verifier and by one that others wrote. */
class ReceivedSignatureTest {

    private static final Instant AT = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final MessageId ID = MessageId.next(AT, new Random(1));
    private static final TestMail TRACED = new TestMail("Return-Path: <a@example.com>\r\n");

    private static TestMail received(TestMail mail) {
        BodyHashes bodies = BodyHashes.wanted(mail.header(), Set.of(ReceivedSignature.BODY));
        byte[] body = TestMail.octets(mail.body());
        bodies.update(body, 0, body.length);
        bodies.finish();
        String fields = TestReceipts.SIGNED.of(ID, mail.header(), TestMail.octets(mail.head()), bodies);
        return mail.with(TRACED.text() + fields);
    }

    private static String verified(TestMail mail) throws IOException {
        ReceiptVerifier.Found found = new ReceiptVerifier(
                        TestReceipts.RECEIPTS, TestKey.ED25519.publish(new FakeDns()), InstantSource.fixed(AT))
                .verify(new ByteArrayInputStream(TestMail.octets(mail.text())));
        return found.genuine().map(id -> id.equals(ID) ? "ours" : "another").orElse("forged") + " "
                + found.signatures().stream()
                        .map(result -> result.result().toString())
                        .collect(Collectors.joining(","));
    }

    @Test
    void standsInTheFormOfSes() {
        String field = received(TestMail.PLAIN)
                .header()
                .fields(ReceivedSignature.NAME)
                .getFirst()
                .value();

        assertThat(field)
                .matches("v=1; a=ed25519-sha256; q=dns/txt; c=relaxed/simple; s=ed; d=example.com; t=1795420800;"
                        + " h=From:To:Cc:Bcc:Subject:Date:Message-ID:MIME-Version:Content-Type:X-SES-RECEIPT;"
                        + " bh=[A-Za-z0-9+/]{43}=; b=[A-Za-z0-9+/]{86}==");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing                  | Hi  Bob          | Hi  Bob           | ours pass
            the text                 | shall we?        | shall I?          | ours fail
            white space in the text  | Hi  Bob          | Hi Bob            | ours fail
            white space in a field   | Lunch  on        | Lunch on          | ours pass
            the subject              | Lunch            | Launch            | forged fail
            a field nobody signed    | X-Loop: one      | X-Loop: three     | ours pass
            the receipt              | X-SES-RECEIPT: A | X-SES-RECEIPT: B  | forged fail
            the receipt's name       | X-SES-RECEIPT: A | X-Other: A        | forged fail
            """)
    void whatWasChangedIsSeen(String name, String old, String changed, String expected) throws IOException {
        assertThat(verified(received(TestMail.PLAIN).replace(old, changed)))
                .as(name)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no body                   | From: a@example.com~~
            an empty line as body     | From: a@example.com~~~
            no end of the header      | From: a@example.com~
            a line that is no field   | From: a@example.com~no field~To: in the body~~text~
            no line end at the end    | From: a@example.com~~text
            a signature of its own    | DKIM-Signature: v=1; a=rsa-sha256; b=x~From: a@example.com~~text~
            """)
    void whateverCameVerifies(String name, String text) throws IOException {
        String mail = text.replace("~", "\r\n");
        int end = mail.contains("no field") ? mail.indexOf("no field") : -1;
        if (end < 0) {
            assertThat(verified(received(new TestMail(mail)))).as(name).isEqualTo("ours pass");
            return;
        }
        // The listener ends the header there: the rest is body.
        TestMail header = new TestMail(mail.substring(0, end));
        BodyHashes bodies = BodyHashes.wanted(header.header(), Set.of(ReceivedSignature.BODY));
        byte[] body = TestMail.octets(mail.substring(end));
        bodies.update(body, 0, body.length);
        bodies.finish();
        String fields = TestReceipts.SIGNED.of(ID, header.header(), TestMail.octets(header.text()), bodies);
        assertThat(verified(new TestMail(fields + mail))).as(name).isEqualTo("ours pass");
    }

    @Test
    void whatIsAddedOnTopChangesNothing() throws IOException {
        assertThat(verified(received(TestMail.PLAIN).with("X-Queue: tickets\r\nReceived: by another\r\n")))
                .isEqualTo("ours pass");
        assertThat(verified(received(TestMail.PLAIN).with("From: eve@example.com\r\n")))
                .isEqualTo("forged policy");
    }

    @Test
    void aMailWithoutEitherIsNotOurs() throws IOException {
        assertThat(verified(TestMail.PLAIN)).isEqualTo("forged ");
    }

    @Test
    void dkimpyTakesIt() throws Exception {
        TestMail mail = received(TestMail.PLAIN).replace(ReceivedSignature.NAME, "DKIM-Signature");

        assertThat(Dkimpy.verdict(mail, TestKey.ED25519)).isEqualTo("pass");
        assertThat(Dkimpy.verdict(mail.replace("Lunch", "Launch"), TestKey.ED25519))
                .isEqualTo("fail");
        assertThat(Dkimpy.verdict(mail.replace("Alice\r\n", "Alicia\r\n"), TestKey.ED25519))
                .isEqualTo("fail");
    }
}
