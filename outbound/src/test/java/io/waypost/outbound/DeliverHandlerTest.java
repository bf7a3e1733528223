package io.waypost.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.ReversePath;
import io.waypost.message.Scope;
import io.waypost.message.StatusCode;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.port.DeliveryReport;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.ScriptedPeer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeliverHandlerTest {

    private static final String TEXT = "Subject: x\r\n\r\nHello\r\n";

    static Mail submit(OutboundLine line, String from, String text, String... to) throws IOException {
        MessageId id = line.submission.submit(
                ReversePath.parse(from),
                List.of(to).stream().map(EmailAddress::of).toList(),
                MessageContent.of(text.getBytes(StandardCharsets.US_ASCII)),
                Optional.empty());
        return line.spool.mails.get(id);
    }

    private static OutboundLine to(ScriptedPeer peer) {
        return new OutboundLine(Optional.of(peer.address()), Map.of());
    }

    private static void refuseRecipient(ScriptedPeer.Session session) throws IOException {
        session.hello()
                .hear("MAIL")
                .say("250 ok")
                .hear("RCPT")
                .say("550 5.1.1 no such user")
                .hear("QUIT");
    }

    private static String text(OutboundLine line, Mail mail) throws IOException {
        try (InputStream in = line.spool.content(mail.id()).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Mail noticeAfter(OutboundLine line, Mail mail) {
        return line.spool.mails.values().stream()
                .filter(other -> !other.id().equals(mail.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDeliveredMailIsDoneWithThePeersReply() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = to(peer);
            Outcome outcome = line.attempt(submit(line, "a@sender.example", TEXT, "b@example.com"), 0);

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.detail())
                    .matches(Pattern.quote(peer.address().toString())
                            + " said 250 2.0.0 queued as X1 \\(in clear opportunistic, from 127.0.0.1, \\d+ ms\\)"));
        }
    }

    @Test
    void aTransientFailureIsTriedAgain() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.say("421 busy").hear("QUIT"))) {
            OutboundLine line = to(peer);

            assertThat(line.attempt(submit(line, "a@sender.example", TEXT, "b@example.com"), 0))
                    .isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.detail())
                            .startsWith(peer.address() + ": greeted with 421 busy")
                            .satisfies(detail -> assertThat(retry.alone()).isFalse()));
            assertThat(line.spool.mails).hasSize(1);
        }
    }

    @Test
    void aRefusedRecipientIsReportedToTheSenderAndDone() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(DeliverHandlerTest::refuseRecipient)) {
            OutboundLine line = to(peer);
            Mail mail = submit(line, "a@sender.example", TEXT, "b@example.com");

            Outcome outcome = line.attempt(mail, 0);

            Mail notice = noticeAfter(line, mail);
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.detail())
                    .startsWith("5.1.1 bounced: " + peer.address()
                            + ": the receiving server refused the recipient: 550 5.1.1 no such user")
                    .endsWith("; notice " + notice.id()));
            assertThat(notice.envelope().from()).isEqualTo(ReversePath.NULL);
            assertThat(notice.envelope().addresses()).containsExactly(EmailAddress.of("a@sender.example"));
            assertThat(text(line, notice))
                    .contains(
                            "Final-Recipient: rfc822; b@example.com\r\n",
                            "Status: 5.1.1\r\n",
                            "Remote-MTA: dns; 127.0.0.1\r\n",
                            "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n");
        }
    }

    @Test
    void theSameFailureIsReportedOnceHoweverOftenItIsTried() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(DeliverHandlerTest::refuseRecipient)) {
            OutboundLine line = to(peer);
            Mail mail = submit(line, "a@sender.example", TEXT, "b@example.com", "c@example.com");

            assertThat(line.attempt(mail, 0)).isInstanceOf(Outcome.Done.class);
            assertThat(line.attempt(mail, 0)).isInstanceOf(Outcome.Done.class);
            assertThat(line.spool.mails).as("the mail and one notice").hasSize(2);
            line.attempt(mail, 1);
            assertThat(line.spool.mails)
                    .as("the other recipient has a notice of his own")
                    .hasSize(3);
        }
    }

    @Test
    void aRefusedNoticeIsDeadAndAnsweredByNoNotice() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(DeliverHandlerTest::refuseRecipient)) {
            OutboundLine line = to(peer);

            assertThat(line.attempt(submit(line, "", TEXT, "b@example.com"), 0))
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.detail())
                            .startsWith("5.1.1 ")
                            .endsWith("no notice: null return path"));
            assertThat(line.spool.mails).hasSize(1);
        }
    }

    @Test
    void withoutRoomForTheNoticeNothingIsRecordedAsDone() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(DeliverHandlerTest::refuseRecipient)) {
            OutboundLine line = to(peer);
            Mail mail = submit(line, "a@sender.example", TEXT, "b@example.com");
            line.spool.full = true;

            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> line.attempt(mail, 0));
        }
    }

    @Test
    void withoutARouteTheMailGoesToTheExchangersOfTheDomain() throws Exception {
        OutboundLine line =
                new OutboundLine(Optional.empty(), Map.of(new Domain("example.org"), HostAndPort.of("mx.example.org")));
        line.table.failing("example.com");

        assertThat(line.attempt(submit(line, "a@sender.example", TEXT, "b@example.com"), 0))
                .isEqualTo(Outcome.retry("DNS: SERVFAIL"));
        assertThat(line.attempt(submit(line, "a@sender.example", TEXT, "b@nowhere.example"), 0))
                .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.detail())
                        .startsWith("5.1.2 bounced: there is no domain nowhere.example; notice "));
    }

    @Test
    void aMailThatGoesRoundInCirclesIsSentBack() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = to(peer);
            Mail mail = submit(line, "a@sender.example", "Received: x\r\n".repeat(10) + TEXT, "b@example.com");

            assertThat(line.attempt(mail, 0))
                    .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.detail())
                            .startsWith("5.4.6 bounced: the mail has passed 11 servers"));
            assertThat(peer.heard()).isEmpty();
            Mail fewer = submit(line, "a@sender.example", "Received: x\r\n".repeat(9) + TEXT, "b@example.com");
            assertThat(line.attempt(fewer, 0)).isInstanceOf(Outcome.Done.class);
            assertThat(peer.messages()).hasSize(1);
        }
    }

    @Test
    void whenTheTimeIsOverTheSenderIsTold() throws Exception {
        OutboundLine line = new OutboundLine(Optional.empty(), Map.of());
        Mail mail = submit(line, "a@sender.example", TEXT, "b@example.com");

        Optional<Outcome> outcome =
                line.handler.givingUp(new DeliverAction(line.routes), line.effect(mail, 0), "host: 451 later");

        Mail notice = noticeAfter(line, mail);
        assertThat(outcome).contains(Outcome.done("4.4.7 bounced: host: 451 later; notice " + notice.id()));
        assertThat(text(line, notice)).contains("Status: 4.4.7\r\n", "Action: failed\r\n", "451 later");
        Mail dsn = submit(line, "", TEXT, "b@example.com");
        assertThat(line.handler.givingUp(new DeliverAction(line.routes), line.effect(dsn, 0), "451 later"))
                .isEmpty();
    }

    @Test
    void laneAndRouteAreTheHostOfTheMoment() throws Exception {
        OutboundLine line = new OutboundLine(
                Optional.of(HostAndPort.of("relay.example.com")),
                Map.of(new Domain("example.org"), HostAndPort.of("mx.example.org:26")));
        Mail mail = submit(line, "a@sender.example", TEXT, "b@example.org");

        DeliverAction action = new DeliverAction(line.routes);
        assertThat(action.destination(mail.plan().runs().getFirst())).isEqualTo("smtp:mx.example.org:26");
        assertThat(new DeliverAction(new OutboundRoutes(Optional.empty(), Map.of()))
                        .destination(mail.plan().runs().getFirst()))
                .isEqualTo("smtp:example.org");
        assertThat(line.handler.concurrency(action)).isEqualTo(84);
    }

    static Mail ofAnApplication(Mail mail, Optional<Instant> deliverBefore) {
        Sending sending = new Sending(
                new Scope("123456789012", "us-east-1"),
                "a@sender.example",
                Optional.empty(),
                "AKIAIOSFODNN7EXAMPLE",
                Optional.empty(),
                "SendEmail",
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                new Domain("mx.example.com"),
                new Sending.Conditions(false, Optional.empty(), deliverBefore),
                List.of(),
                false);
        return new Mail(
                mail.id(),
                mail.line(),
                mail.acceptedAt(),
                mail.envelope(),
                mail.size(),
                mail.plan(),
                mail.verdicts(),
                Optional.of(sending));
    }

    @Test
    void whatIsDeliveredIsNotSentAgainBecauseItCannotBeTold() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = new OutboundLine(Optional.of(peer.address()), Map.of());
            AtomicInteger asked = new AtomicInteger();
            line.observer = report -> {
                if (asked.incrementAndGet() < 3) {
                    throw new StoreUnavailableException(true, "full");
                }
                line.reports.add(report);
            };
            Mail mail = ofAnApplication(submit(line, "a@sender.example", TEXT, "b@example.com"), Optional.empty());

            assertThat(line.attempt(mail, 0)).isInstanceOf(Outcome.Done.class);
            assertThat(asked).hasValue(3);
            assertThat(line.reports).hasSize(1);
        }
    }

    @Test
    void whatIsDeliveredIsNotSentAgainForAFaultInTheTelling() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = to(peer);
            line.observer = report -> {
                throw new IllegalStateException("a fault");
            };
            Mail mail = ofAnApplication(submit(line, "a@sender.example", TEXT, "b@example.com"), Optional.empty());

            assertThat(line.attempt(mail, 0))
                    .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.detail())
                            .contains(" said 250 ", "; not told: java.lang.IllegalStateException: a fault"));
        }
    }

    private static Thread attempting(OutboundLine line, Mail mail, int run, CompletableFuture<Outcome> outcome) {
        return Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(line.attempt(mail, run));
            } catch (IOException | InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
    }

    @Test
    void whatCannotBeToldYetHoldsUpNoOtherMailOfItsDestination() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = new OutboundLine(Optional.of(peer.address()), Map.of(), 1);
            CountDownLatch asked = new CountDownLatch(1);
            AtomicBoolean full = new AtomicBoolean(true);
            line.observer = report -> {
                if (report.run() == 0 && full.get()) {
                    asked.countDown();
                    throw new StoreUnavailableException(true, "full");
                }
                line.reports.add(report);
            };
            Mail mail = ofAnApplication(
                    submit(line, "a@sender.example", TEXT, "b@example.com", "c@example.com"), Optional.empty());
            CompletableFuture<Outcome> untold = new CompletableFuture<>();
            attempting(line, mail, 0, untold);
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(line.attempt(mail, 1)).isInstanceOf(Outcome.Done.class);
            assertThat(untold).as("told before it is recorded").isNotDone();
            full.set(false);
            assertThat(untold.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
            assertThat(line.reports).extracting(DeliveryReport::run).containsExactly(1, 0);
            assertThat(peer.messages()).hasSize(2);
        }
    }

    @Test
    void anApplicationHearsOfEveryAttemptAndNobodyElseDoes() throws Exception {
        try (ScriptedPeer good = new ScriptedPeer(s -> s.hello().acceptAll());
                ScriptedPeer busy = new ScriptedPeer(s -> s.hello()
                        .hear("MAIL")
                        .say("250 ok")
                        .hear("RCPT")
                        .say("451 4.7.1 greylisted")
                        .hear("QUIT"));
                ScriptedPeer refusing = new ScriptedPeer(DeliverHandlerTest::refuseRecipient)) {
            OutboundLine line = new OutboundLine(
                    Optional.of(good.address()),
                    Map.of(new Domain("busy.example"), busy.address(), new Domain("no.example"), refusing.address()));
            Mail mail = ofAnApplication(
                    submit(line, "a@sender.example", TEXT, "b@example.com", "b@busy.example", "b@no.example"),
                    Optional.empty());

            assertThat(line.attempt(mail, 0)).isInstanceOf(Outcome.Done.class);
            assertThat(line.attempt(mail, 1))
                    .as("greylisting is one recipient's")
                    .isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.alone())
                            .isTrue());
            assertThat(line.attempt(mail, 2)).isInstanceOf(Outcome.Done.class);

            DeliveryReport.Server here = new DeliveryReport.Server("127.0.0.1", "127.0.0.1", Optional.of("127.0.0.1"));
            assertThat(line.reports)
                    .extracting(DeliveryReport::result)
                    .containsExactly(
                            new DeliveryReport.Delivered("250 2.0.0 queued as X1", here),
                            new DeliveryReport.Deferred(
                                    busy.address() + ": answered RCPT with 451 4.7.1 greylisted",
                                    Optional.of(new StatusCode(4, 7, 1)),
                                    Optional.of("451 4.7.1 greylisted"),
                                    Optional.of(here)),
                            new DeliveryReport.Refused(
                                    new StatusCode(5, 1, 1),
                                    "the receiving server refused the recipient",
                                    Optional.of("550 5.1.1 no such user"),
                                    Optional.of(here)));
            assertThat(line.reports)
                    .extracting(DeliveryReport::run)
                    .as("one run each")
                    .containsExactly(0, 1, 2);
            assertThat(line.reports).extracting(DeliveryReport::key).doesNotHaveDuplicates();
            assertThat(line.spool.mails).as("no notices").hasSize(1);
        }
    }

    @Test
    void anApplicationsMailIsNotDeliveredBehindItsTime() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = to(peer);
            Mail mail = ofAnApplication(
                    submit(line, "a@sender.example", TEXT, "b@example.com"), Optional.of(OutboundLine.NOW));

            assertThat(line.attempt(mail, 0)).isEqualTo(Outcome.done("4.4.7 bounced: it was not tried again"));
            assertThat(line.reports)
                    .extracting(DeliveryReport::result)
                    .containsExactly(new DeliveryReport.Expired("it was not tried again"));
            assertThat(peer.heard()).isEmpty();
        }
    }

    @Test
    void aMailWhoseTimeRunsOutWhileItWaitsForItsTurnIsNotDelivered() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
            connected.countDown();
            goOn.await();
            s.hello().acceptAll();
        })) {
            OutboundLine line = new OutboundLine(Optional.of(peer.address()), Map.of(), 1);
            Instant end = OutboundLine.NOW.plusSeconds(60);
            Mail mail = ofAnApplication(
                    submit(line, "a@sender.example", TEXT, "b@example.com", "c@example.com"), Optional.of(end));
            CompletableFuture<Outcome> first = new CompletableFuture<>();
            attempting(line, mail, 0, first);
            assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Outcome> second = new CompletableFuture<>();
            Thread waiting = attempting(line, mail, 1, second);
            await().until(() -> waiting.getState() == Thread.State.WAITING);
            line.now.set(end);
            goOn.countDown();

            assertThat(second.get(20, TimeUnit.SECONDS))
                    .isEqualTo(Outcome.done("4.4.7 bounced: it was not tried again"));
            assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
            assertThat(peer.messages()).hasSize(1);
        }
    }

    @Test
    void theEndOfItsTimeIsTheLatestMomentOfItsNextAttempt() throws Exception {
        OutboundLine line = new OutboundLine(Optional.empty(), Map.of());
        Mail mail = submit(line, "a@sender.example", TEXT, "b@example.com");
        Instant end = OutboundLine.NOW.plusSeconds(60);
        DeliverAction action = new DeliverAction(line.routes);

        assertThat(line.handler.end(action, line.effect(ofAnApplication(mail, Optional.of(end)), 0)))
                .contains(end);
        assertThat(line.handler.end(action, line.effect(mail, 0))).isEmpty();
    }

    @Test
    void whileADestinationCannotBeReachedMailForOthersIsDelivered() throws Exception {
        try (ScriptedPeer good = new ScriptedPeer(s -> s.hello().acceptAll())) {
            HostAndPort dead;
            try (ScriptedPeer closed = new ScriptedPeer(s -> {})) {
                dead = closed.address();
            }
            OutboundLine line = new OutboundLine(Optional.of(good.address()), Map.of(new Domain("dead.example"), dead));
            Mail mail = submit(line, "a@sender.example", TEXT, "a@dead.example", "b@dead.example", "c@example.com");

            assertThat(line.attempt(mail, 0)).isInstanceOf(Outcome.Retry.class);
            assertThat(line.attempt(mail, 1)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
                assertThat(retry.detail()).startsWith("not tried, the last mail found: " + dead + ": ");
                assertThat(retry.notBefore()).isPresent();
            });
            assertThat(line.attempt(mail, 2)).isInstanceOf(Outcome.Done.class);
            assertThat(line.figures)
                    .containsExactly("route other deferred", "route none held", "relay other delivered");
        }
    }

    @Test
    void aSilentExchangerHoldsUpItsOwnMailOnly() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        try (ScriptedPeer silent = new ScriptedPeer(s -> {
                    connected.countDown();
                    s.silence();
                });
                ScriptedPeer good = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = new OutboundLine(
                    Optional.of(good.address()), Map.of(new Domain("silent.example"), silent.address()));
            Mail mail = submit(line, "a@sender.example", TEXT, "a@silent.example", "c@example.com");
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    line.attempt(mail, 0);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(line.attempt(mail, 1)).isInstanceOf(Outcome.Done.class);
            assertThat(waiting.isAlive()).isTrue();
            waiting.interrupt();
            waiting.join();
        }
    }

    @Test
    void aRuleFileCannotDeliver() {
        Problems problems = new Problems();
        OutboundLine line = new OutboundLine(Optional.empty(), Map.of());

        assertThat(line.handler.read(
                        Document.read("r.yaml", "x", Substitution.NONE, problems)
                                .orElseThrow(),
                        problems))
                .isEmpty();
        assertThat(problems)
                .hasToString("r.yaml:1: 'deliver' is not an action for rule files; use 'forward' to send mail on");
    }
}
