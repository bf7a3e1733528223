package io.waypost.outbound.account;

import static io.waypost.outbound.account.Means.HERE;
import static io.waypost.outbound.account.Means.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.port.SendStatistics.Point;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What GetSendStatistics tells (contract 1.1). */
class CountedStatisticsTest {

    private static final EmailAddress TO = EmailAddress.of("b@example.com");

    private final Means means = new Means();

    private CountedStatistics statistics() throws IOException {
        return new CountedStatistics(means, means);
    }

    private Mail mail(boolean sending) {
        return new Mail(
                MessageId.nextSent(means.instant(), new Random(1)),
                Line.OUTBOUND,
                means.instant(),
                Envelope.of(ReversePath.NULL, List.of(TO, EmailAddress.of("c@example.com")), Client.local("h")),
                1,
                new Plan(new RuleSetVersion("outbound", 0), List.of(), Map.of()),
                Verdicts.NONE,
                sending ? Optional.of(sending()) : Optional.empty());
    }

    private static Sending sending() {
        return new Sending(
                HERE,
                "a@example.com",
                Optional.empty(),
                "AKIA",
                Optional.empty(),
                "SendEmail",
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                new Domain("example.com"),
                Sending.Conditions.NONE,
                List.of(),
                false);
    }

    private MailEvent bounced(BounceKind kind) {
        return new MailEvent.Bounced(
                "k",
                mail(true),
                means.instant(),
                kind,
                List.of(new BouncedRecipient(TO, Optional.empty(), Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.empty());
    }

    private void tellOneOfEach(CountedStatistics statistics) {
        Instant now = means.instant();
        statistics.tell(new MailEvent.Sent("k", mail(true), now));
        statistics.tell(bounced(BounceKind.PERMANENT_GENERAL));
        statistics.tell(bounced(BounceKind.TRANSIENT_GENERAL));
        statistics.tell(new MailEvent.Complained(
                "k", mail(true), now, List.of(TO), false, Optional.empty(), Optional.empty(), Optional.empty()));
        statistics.tell(new MailEvent.Rejected("k", mail(true), now, "Bad content"));
        statistics.tell(new MailEvent.Opened("k", mail(true), now, "192.0.2.1", "x"));
        statistics.tell(new MailEvent.RenderingFailed("k", mail(true), now, "t", "x"));
        statistics.tell(new MailEvent.Sent("k", mail(false), now));
    }

    @Test
    void eachQuarterOfAnHourOnItsOwn() throws Exception {
        CountedStatistics statistics = statistics();
        tellOneOfEach(statistics);
        means.forward(Duration.ofMinutes(14));
        statistics.tell(new MailEvent.Sent("k", mail(true), means.instant()));
        means.forward(Duration.ofMinutes(1));
        statistics.tell(new MailEvent.Sent("k", mail(true), means.instant()));
        assertThat(statistics.points(HERE))
                .containsExactly(
                        new Point(Instant.parse("2026-03-01T12:00:00Z"), 4, 1, 1, 1),
                        new Point(Instant.parse("2026-03-01T12:15:00Z"), 2, 0, 0, 0));
        assertThat(statistics.points(THERE)).isEmpty();
    }

    @Test
    void twoWeeksAndARestart() throws Exception {
        CountedStatistics statistics = statistics();
        tellOneOfEach(statistics);
        statistics.close();
        assertThat(statistics().points(HERE)).hasSize(1).isEqualTo(statistics.points(HERE));
        means.forward(Duration.ofDays(14));
        assertThat(statistics.points(HERE)).isEmpty();
    }
}
