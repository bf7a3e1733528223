package io.waypost.outbound.account;

import static io.waypost.outbound.account.Means.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReputationTest {

    private static final EmailAddress BOB = EmailAddress.of("bob@example.com");
    private static final EmailAddress SIMULATED = EmailAddress.of("bounce@simulator.amazonses.com");

    private final Means means = new Means();
    private Optional<Instant> countedSince = Optional.of(Instant.EPOCH);

    private Reputation reputation() throws IOException {
        return new Reputation(means, (scope, name) -> countedSince, means);
    }

    private Mail mail(EmailAddress... to) {
        Sending sending = new Sending(
                HERE,
                "a@shop.test",
                Optional.of("arn:aws:ses:eu-west-1:123456789012:identity/Shop.test"),
                "AKIA",
                Optional.empty(),
                "SendEmail",
                Optional.of("main"),
                Map.of(),
                Optional.empty(),
                new Domain("shop.test"),
                Sending.Conditions.NONE,
                List.of(),
                false);
        return new Mail(
                MessageId.nextSent(means.instant(), new Random(1)),
                Line.OUTBOUND,
                means.instant(),
                Envelope.of(ReversePath.NULL, List.of(to), Client.local("h")),
                1,
                new Plan(new RuleSetVersion("outbound", 0), List.of(), Map.of()),
                Verdicts.NONE,
                Optional.of(sending));
    }

    private MailEvent sent(EmailAddress... to) {
        return new MailEvent.Sent("k", mail(to), means.instant());
    }

    private MailEvent bounced(BounceKind kind, EmailAddress to) {
        return new MailEvent.Bounced(
                "k",
                mail(to),
                means.instant(),
                kind,
                List.of(new BouncedRecipient(to, Optional.empty(), Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.empty());
    }

    private MailEvent complained(boolean suppressed, String type) {
        return new MailEvent.Complained(
                "k",
                mail(BOB),
                means.instant(),
                List.of(BOB),
                suppressed,
                Optional.empty(),
                Optional.of(type),
                Optional.empty());
    }

    private List<Rates> written() throws IOException {
        List<Rates> rates = new ArrayList<>();
        for (var setting : means.list(Reputation.KIND)) {
            rates.add(Reputation.rates(setting, means.instant()));
        }
        return rates;
    }

    @Test
    void bothAreCountedAndKept() throws IOException {
        try (Reputation reputation = reputation()) {
            reputation.tell(sent(BOB, SIMULATED));
            reputation.tell(sent(BOB));
            reputation.tell(bounced(BounceKind.PERMANENT_GENERAL, BOB));
            reputation.tell(complained(false, "abuse"));
        }
        assertThat(written())
                .containsExactlyInAnyOrder(
                        new Rates(HERE, "identity shop.test", 2, 1, 1), new Rates(HERE, "set main", 2, 1, 1));
        try (Reputation again = reputation()) {
            again.tell(sent(BOB));
        }
        assertThat(written().getFirst().sent()).isEqualTo(3);
    }

    @Test
    void whatIsNoBounceAndNoComplaintDoesNotCount() throws IOException {
        try (Reputation reputation = reputation()) {
            reputation.tell(sent(BOB));
            for (BounceKind kind : BounceKind.values()) {
                reputation.tell(bounced(kind, SIMULATED));
                if (kind != BounceKind.PERMANENT_GENERAL && kind != BounceKind.PERMANENT_NO_EMAIL) {
                    reputation.tell(bounced(kind, BOB));
                }
            }
            reputation.tell(complained(true, "abuse"));
            reputation.tell(complained(false, "not-spam"));
        }
        assertThat(written()).contains(new Rates(HERE, "identity shop.test", 1, 0, 0));
    }

    @Test
    void aSetWithoutReputationMetricsIsNotCounted() throws IOException {
        countedSince = Optional.empty();
        try (Reputation reputation = reputation()) {
            reputation.tell(sent(BOB));
        }
        assertThat(written()).extracting(Rates::part).containsExactly("identity shop.test");
    }

    @Test
    void aFreshStartForgetsWhatWasBefore() throws IOException {
        try (Reputation reputation = reputation()) {
            reputation.tell(bounced(BounceKind.PERMANENT_GENERAL, BOB));
            means.forward(Duration.ofDays(1));
            countedSince = Optional.of(means.instant());
            reputation.tell(sent(BOB));
        }
        assertThat(written())
                .contains(new Rates(HERE, "set main", 1, 0, 0), new Rates(HERE, "identity shop.test", 1, 1, 0));
    }

    @Test
    void twoWeeksLaterNothingIsLeft() throws IOException {
        Reputation reputation = reputation();
        reputation.tell(sent(BOB));
        means.forward(Duration.ofMinutes(1));
        reputation.tell(sent(BOB));
        assertThat(written()).as("written once a minute").hasSize(2);
        means.forward(Duration.ofDays(15));
        reputation.close();
        assertThat(written()).isEmpty();
    }

    /** What the log says while {@code work} is done. */
    private static List<String> warnings(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(Reputation.class);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        logger.addAppender(heard);
        try {
            work.run();
        } finally {
            logger.detachAppender(heard);
        }
        return heard.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private void bounced(Reputation reputation, int times) {
        for (int i = 0; i < times; i++) {
            reputation.tell(bounced(BounceKind.PERMANENT_GENERAL, BOB));
        }
    }

    @Test
    void theLogWarnsOnceADayOfTheIdentityAndOfTheSet() throws IOException {
        String start = " of 123456789012/us-east-1: ";
        String fifty = "50 of 1000 recipients bounced (5.00 %), 0 complained (0.000 %) in two weeks";
        try (Reputation reputation = reputation()) {
            EmailAddress[] many = Collections.nCopies(999, BOB).toArray(EmailAddress[]::new);
            reputation.tell(sent(many));
            assertThat(warnings(() -> bounced(reputation, 49)))
                    .as("4.9 % of too few")
                    .isEmpty();
            reputation.tell(sent(BOB));
            assertThat(warnings(() -> bounced(reputation, 1)))
                    .containsExactlyInAnyOrder(
                            "WARN identity shop.test" + start + fifty, "WARN set main" + start + fifty);
            means.forward(Duration.ofHours(23));
            assertThat(warnings(() -> bounced(reputation, 1))).isEmpty();
            means.forward(Duration.ofHours(1));
            assertThat(warnings(() -> reputation.tell(sent(BOB))))
                    .as("what is sent is no news")
                    .isEmpty();
            assertThat(warnings(() -> reputation.tell(complained(false, "abuse"))))
                    .contains("WARN set main" + start
                            + "51 of 1001 recipients bounced (5.09 %), 1 complained (0.100 %) in two weeks")
                    .hasSize(2);
        }
    }

    @Test
    void oneComplaintOfAThousandIsEnoughForAWarning() throws IOException {
        try (Reputation reputation = reputation()) {
            reputation.tell(sent(Collections.nCopies(1000, BOB).toArray(EmailAddress[]::new)));
            assertThat(warnings(() -> reputation.tell(complained(false, "abuse"))))
                    .hasSize(2)
                    .allMatch(line -> line.contains("1 complained (0.100 %)"));
        }
    }

    @Test
    void ratesAreHighWhereSesSaysSoAndEnoughWasSent() {
        assertThat(new Rates(HERE, "x", 1_000, 50, 0).isHigh()).isTrue();
        assertThat(new Rates(HERE, "x", 1_000, 49, 0).isHigh()).isFalse();
        assertThat(new Rates(HERE, "x", 10_000, 0, 10).isHigh()).isTrue();
        assertThat(new Rates(HERE, "x", 10_000, 0, 9).isHigh()).isFalse();
        assertThat(new Rates(HERE, "x", 999, 999, 999).isHigh()).isFalse();
        assertThat(new Rates(HERE, "x", 0, 0, 0).bounceRate()).isZero();
    }
}
