package io.waypost.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.rules.Mails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every condition, from the text of a rule file to the answer about a mail. */
class ConditionTableTest {

    private static final MessageContent MESSAGE = Mails.content(
            "Received: from a.example",
            "Received: from b.example",
            "From: Alice <alice@sender.example>",
            "Subject: =?UTF-8?Q?Rechnung_f=C3=BCr?=",
            " =?UTF-8?Q?_M=C3=A4rz?=",
            "X-Empty:",
            "Auto-Submitted: auto-replied",
            "X-Priority: 1",
            "",
            "Subject: in the body");

    private static final Verdicts VERDICTS = new Verdicts(
            verdict(Status.GRAY),
            new Verdicts.Dkim(
                    verdict(Status.PASS),
                    List.of(
                            new Verdicts.Signature("Sender.Example", "s", "pass", ""),
                            new Verdicts.Signature("broken.example", "s", "fail", "body hash differs"))),
            new Verdicts.Dmarc(verdict(Status.FAIL), Optional.of(Verdicts.Dmarc.Policy.REJECT)),
            Verdict.disabled(),
            new Verdicts.Spam(verdict(Status.PASS), OptionalDouble.of(4.5), List.of()),
            verdict(Status.PROCESSING_FAILED),
            new Verdicts.ClientFacts(Optional.of("mx.sender.example"), List.of("bl.example")));

    private static Verdict verdict(Status status) {
        return new Verdict(status, "x", "", Duration.ZERO);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{ recipient: a@example.com } | true",
                "{ recipient: A@EXAMPLE.com } | true",
                "{ recipient: b@example.com } | false",
                "{ recipient: [ b@example.com, example.com ] } | true",
                "{ recipient: { not: b@example.com } } | true",
                "{ recipient: { not: [ b@example.com, a@example.com ] } } | false",
                "{ recipient: other.example } | false",
                "{ sender: alice@sender.example } | true",
                "{ sender: sender.example } | true",
                "{ sender: .example } | true",
                "{ sender: .sender.example } | false",
                "{ sender: { not: sender.example } } | false",
                "{ sender: { not: { not: sender.example } } } | true",
                "{ sender: '<>' } | false",
                "{ sender: [ '<>', sender.example ] } | true",
                "{ client: 192.0.2.0/24 } | true",
                "{ client: [ 2001:db8::/32, 198.51.100.0/24 ] } | false",
                "{ client: { not: 192.0.2.1 } } | false",
                "{ tls: true } | false",
                "{ tls: false } | true",
                "{ tls: TLSv1.3 } | false",
                "{ tls: { not: TLSv1.3 } } | true",
                "{ size: { above: 100B } } | true",
                "{ size: { below: 100B } } | false",
                "{ size: { above: 100B, below: 1MB } } | true",
                "{ subject: 'Rechnung für März' } | true",
                "{ subject: 'RECHNUNG FÜR märz' } | true",
                "{ subject: Rechnung } | false",
                "{ subject: { contains: rechnung } } | true",
                "{ subject: { contains: [ offer, märz ] } } | true",
                "{ subject: { contains: body } } | false",
                "{ subject: { not: x } } | true",
                "{ subject: { not: { contains: märz } } } | false",
                "{ subject: { contains: rechnung, not: { contains: märz } } } | false",
                "{ subject: { matches: '^Rechnung .* M.rz$' } } | true",
                "{ subject: { matches: '^rechnung' } } | false",
                "{ subject: { matches: '(?i)^rechnung' } } | true",
                "{ header: { name: x-priority, equals: 1 } } | true",
                "{ header: { name: X-Priority, equals: [ 2, 3 ] } } | false",
                "{ header: { name: X-Empty, exists: true } } | true",
                "{ header: { name: X-Empty, equals: '' } } | true",
                "{ header: { name: X-Absent, exists: true } } | false",
                "{ header: { name: X-Absent, exists: false } } | true",
                "{ header: { name: X-Priority, exists: false } } | false",
                "{ header: { name: X-Absent, not: 1 } } | false",
                "{ header: { name: Auto-Submitted, not: no } } | true",
                "{ header: { name: Received, contains: b.example } } | true",
                "{ header: { name: Received, not: { contains: b.example } } } | false",
                "{ header: [ { name: X-Absent, exists: true }, { name: X-Priority, equals: 1 } ] } | true",
                "{ all: [ { tls: false }, { subject: { contains: märz } } ] } | true",
                "{ all: [ { tls: true }, { subject: { contains: märz } } ] } | false",
                "{ any: [ { tls: true }, { subject: { contains: märz } } ] } | true",
                "{ any: [ { tls: true }, { size: { above: 1MB } } ] } | false",
                "{ not: { tls: true } } | true",
                "{ not: { tls: true, size: { above: 1B } } } | true",
                "{ tls: false, size: { above: 1MB } } | false",
                "{ spf: GRAY } | true",
                "{ spf: gray } | true",
                "{ spf: PASS } | false",
                "{ spf: [ FAIL, GRAY ] } | true",
                "{ spf: { not: [ FAIL, GRAY ] } } | false",
                "{ spf: { not: PASS } } | true",
                "{ dkim: PASS } | true",
                "{ dkim: { domain: sender.example } } | true",
                "{ dkim: { domain: [ other.example, SENDER.example ] } } | true",
                "{ dkim: { domain: broken.example } } | false",
                "{ dkim: { status: PASS, domain: other.example } } | false",
                "{ dmarc: FAIL } | true",
                "{ dmarc: { policy: reject } } | true",
                "{ dmarc: { status: FAIL, policy: [ quarantine, none ] } } | false",
                "{ dmarc: { not: FAIL } } | false",
                "{ arc: DISABLED } | true",
                "{ spam: PASS } | true",
                "{ spam: { score: { above: 4 } } } | true",
                "{ spam: { score: { above: 4.5 } } } | false",
                "{ spam: { score: { above: 4, below: 5 } } } | true",
                "{ spam: { status: PASS, score: { below: 4 } } } | false",
                "{ virus: PROCESSING_FAILED } | true",
                "{ virus: processing-failed } | true",
                "{ virus: { not: PASS } } | true",
                "{ dnsbl: true } | true",
                "{ dnsbl: false } | false",
                "{ dnsbl: bl.example } | true",
                "{ dnsbl: [ zen.example, other.example ] } | false",
                "{ dnsbl: { not: bl.example } } | false",
                "{ reverseName: { exists: true } } | true",
                "{ reverseName: { exists: false } } | false",
                "{ reverseName: mx.sender.example } | true",
                "{ reverseName: { matches: '^dsl-' } } | false",
                "{ reverseName: { not: { contains: dyn } } } | true",
                "{ any: [ { virus: FAIL }, { dmarc: FAIL } ] } | true",
                "{ all: [ { virus: FAIL }, { dmarc: FAIL } ] } | false",
            })
    void aConditionHoldsOrNot(String condition, boolean holds) throws IOException {
        assertThat(takes("when: " + condition, "alice@sender.example", Mails.clear("192.0.2.1")))
                .isEqualTo(holds);
        assertThat(takes("unless: " + condition, "alice@sender.example", Mails.clear("192.0.2.1")))
                .isEqualTo(!holds);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{ tls: true } | true",
                "{ tls: TLSv1.3 } | true",
                "{ tls: [ TLSv1.2, TLSv1.3 ] } | true",
                "{ tls: TLSv1.2 } | false",
                "{ sender: '<>' } | true",
                "{ sender: { not: '<>' } } | false",
                "{ sender: sender.example } | false",
                "{ sender: { not: sender.example } } | true",
            })
    void aConditionHoldsOrNotForANoticeOverTls(String condition, boolean holds) throws IOException {
        assertThat(takes("when: " + condition, "", Mails.encrypted("TLSv1.3"))).isEqualTo(holds);
    }

    @Test
    void whatNobodyLookedAtHasNoScoreNoListingAndNoName() throws IOException {
        for (String condition : List.of(
                "spam: { score: { below: 1000 } }",
                "dnsbl: true",
                "reverseName: { exists: true }",
                "dmarc: { policy: none }")) {
            Decision decision = RuleTexts.compiled(RuleTexts.withCondition("when: { " + condition + " }"))
                    .decide(Mails.to("a@example.com"), Verdicts.NONE, Mails.unread());
            assertThat(decision).as(condition).isInstanceOf(Decision.Refuse.class);
        }
    }

    @Test
    void theHeaderIsNotReadWhenTheEnvelopeDecides() throws IOException {
        String condition = "when: { all: [ { subject: x }, { sender: nobody.example } ] }";
        Decision decision = RuleTexts.compiled(RuleTexts.withCondition(condition))
                .decide(Mails.to("a@example.com"), Verdicts.NONE, Mails.unread());
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    @Timeout(30)
    void aHostileHeaderCannotMakeAConditionSlow() throws IOException {
        String text = RuleTexts.withCondition(
                "when: { any: [ { subject: { matches: '(a+)+$' } }, { subject: { matches: '(a|aa)*b' } } ] }");
        MessageContent hostile = MessageContent.of(
                ("Subject: " + "a".repeat(200_000) + "!\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String[] recipients = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> "r" + i + "@example.com")
                .toArray(String[]::new);
        assertThat(RuleTexts.compiled(text).decide(Mails.to(recipients), Verdicts.NONE, hostile))
                .isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void aHeaderThatNeverEndsIsReadToItsLimitOnly() throws IOException {
        MessageContent endless = MessageContent.of(
                ("X-Fill: x\r\n".repeat(100_000) + "Subject: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        Decision decision = RuleTexts.compiled(RuleTexts.withCondition("when: { subject: x }"))
                .decide(Mails.to("a@example.com"), Verdicts.NONE, endless);
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
    }

    private static boolean takes(String condition, String from, Client client) throws IOException {
        Envelope envelope = Envelope.of(ReversePath.parse(from), List.of(EmailAddress.of("a@example.com")), client);
        return RuleTexts.compiled(RuleTexts.withCondition(condition)).decide(envelope, VERDICTS, MESSAGE)
                instanceof Decision.Accept;
    }
}
