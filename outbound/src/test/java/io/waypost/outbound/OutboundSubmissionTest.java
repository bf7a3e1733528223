package io.waypost.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.outbound.smtp.HostAndPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboundSubmissionTest {

    private static final ReversePath ALICE = ReversePath.parse("alice@sender.example");
    private static final MessageContent CONTENT =
            MessageContent.of("Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII));

    private final OutboundLine line = new OutboundLine(
            Optional.of(HostAndPort.of("relay.example.com:2525")),
            Map.of(new Domain("example.org"), HostAndPort.of("mx.example.org")));

    private static List<EmailAddress> to(String... addresses) {
        return List.of(addresses).stream().map(EmailAddress::of).toList();
    }

    @Test
    void aMailIsCommittedWithTraceFieldAndOneRunForEachRecipient() throws IOException {
        MessageId id = line.submission.submit(ALICE, to("b@example.com", "c@example.org"), CONTENT, Optional.empty());

        Mail mail = line.spool.mails.get(id);
        assertThat(mail.line()).isEqualTo(Line.OUTBOUND);
        assertThat(mail.acceptedAt()).isEqualTo(OutboundLine.NOW);
        assertThat(mail.envelope().from()).isEqualTo(ALICE);
        assertThat(mail.envelope().client().protocol()).isEqualTo("LOCAL");
        assertThat(mail.plan().ruleSet()).hasToString("outbound@0");
        assertThat(mail.plan().runs())
                .extracting(Plan.PlannedRun::rule, Plan.PlannedRun::recipients, Plan.PlannedRun::destination)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "deliver-1", to("b@example.com"), "smtp:relay.example.com:2525"),
                        org.assertj.core.groups.Tuple.tuple(
                                "deliver-2", to("c@example.org"), "smtp:mx.example.org:25"));
        try (InputStream in = line.spool.content(id).open()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("Received: by mx.example.com with LOCAL id " + id
                            + ";\r\n\tMon, 23 Nov 2026 09:30:05 +0000\r\nSubject: x\r\n\r\nHello\r\n");
        }
        assertThat(line.offered).extracting(committed -> committed.mail().id()).containsExactly(id);
        assertThat(line.spool.openDrafts).isZero();
    }

    @Test
    void aRepeatIsAnsweredWithTheFirstIdAndOfferedToNobody() throws IOException {
        MessageId first = line.submission.submit(ALICE, to("b@example.com"), CONTENT, Optional.of("key"));
        MessageId second = line.submission.submit(ALICE, to("b@example.com"), CONTENT, Optional.of("key"));
        MessageId other = line.submission.submit(ALICE, to("b@example.com"), CONTENT, Optional.of("other"));

        assertThat(second).isEqualTo(first).isNotEqualTo(other);
        assertThat(line.offered).hasSize(2);
        assertThat(line.spool.openDrafts).isZero();
    }

    @Test
    void aRecipientNamedTwiceGetsOneMail() throws IOException {
        MessageId id = line.submission.submit(ALICE, to("b@example.com", "b@EXAMPLE.com"), CONTENT, Optional.empty());

        assertThat(line.spool.mails.get(id).plan().runs()).hasSize(1);
    }

    @Test
    void aRecipientWithoutARouteIsAccepted() throws IOException {
        OutboundLine nowhere = new OutboundLine(Optional.empty(), Map.of());
        MessageId id = nowhere.submission.submit(ALICE, to("b@example.com"), CONTENT, Optional.empty());

        assertThat(nowhere.spool.mails.get(id).plan().runs())
                .extracting(Plan.PlannedRun::destination)
                .containsExactly("smtp:example.com");
    }

    @Test
    void aFullStoreIsTheCallersToWaitFor() {
        line.spool.full = true;

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> line.submission.submit(ALICE, to("b@example.com"), CONTENT, Optional.empty()));
        assertThat(line.offered).isEmpty();
    }

    @Test
    void everyRecipientOfTheLargestMailHasARule() throws IOException {
        List<EmailAddress> most = IntStream.range(0, OutboundRules.MOST_RECIPIENTS)
                .mapToObj(i -> EmailAddress.of("r" + i + "@example.com"))
                .toList();
        MessageId id = line.submission.submit(ALICE, most, CONTENT, Optional.empty());

        assertThat(line.spool.mails.get(id).plan().runs())
                .hasSize(OutboundRules.MOST_RECIPIENTS)
                .allSatisfy(run -> assertThat(OutboundRules.ruleSet(line.routes).rule(run.rule()))
                        .isPresent());
        List<EmailAddress> tooMany = new java.util.ArrayList<>(most);
        tooMany.add(EmailAddress.of("one-more@example.com"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.submission.submit(ALICE, tooMany, CONTENT, Optional.empty()));
    }
}
