package io.waypost.smtp.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.message.MessageContent;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.Verdicts.Check;
import io.waypost.message.port.Dns;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.checks.CheckSettings.OnFailure;
import io.waypost.smtp.checks.arc.TestSealer;
import io.waypost.smtp.checks.receipt.ReceiptFields;
import io.waypost.smtp.checks.receipt.TestReceipts;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.reception.ReceiptVerifier;
import io.waypost.smtp.testing.FakeDns;
import io.waypost.smtp.testing.MemorySpool;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.StalledDns;
import io.waypost.smtp.testing.TestServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails that come through the session: what is found, what is stored, what is refused. */
class MailExaminerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Verdict CLEAN = new Verdict(Status.PASS, "clean", "", Duration.ZERO);
    private static final Verdict BROKEN = new Verdict(Status.PROCESSING_FAILED, "error", "down", Duration.ZERO);

    private final FakeDns dns = TestKey.RSA
            .publish(new FakeDns())
            .txt("sender.example", "v=spf1 ip4:127.0.0.1 ip6:::1 -all")
            .txt("forged.example", "v=spf1 -all")
            .txt("_dmarc.example.com", "v=DMARC1; p=reject")
            .a("example.com", "192.0.2.1");
    private final List<String> counted = new ArrayList<>();
    private Dns asked = dns;
    private ReceiptFields receipts = TestReceipts.UNSIGNED;
    private Optional<SpamScanner> spam = Optional.empty();
    private Optional<VirusScanner> virus = Optional.empty();

    private static CheckSettings settings(boolean enforce, Duration timeout, OnFailure onFailure) {
        return new CheckSettings(
                "mx.example.com",
                enforce,
                timeout,
                true,
                true,
                true,
                true,
                Set.of("forwarder.example"),
                onFailure,
                onFailure);
    }

    private TestServer server(CheckSettings settings) throws Exception {
        SessionObserver observer = new SessionObserver() {
            @Override
            public void checked(Check check, Verdict verdict) {
                counted.add(check + " " + verdict.status());
            }
        };
        return new TestServer(new MailExaminer(settings, asked, spam, virus, receipts, observer, CLOCK));
    }

    private String deliver(TestServer server, String from, String content, boolean inChunks) throws Exception {
        try (RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO mx.sender.example");
            client.command("MAIL FROM:<" + from + ">");
            client.command("RCPT TO:<bob@example.com>");
            byte[] octets = TestMail.octets(content);
            if (inChunks) {
                int half = octets.length / 2;
                client.send(("BDAT " + half + "\r\n").getBytes(StandardCharsets.US_ASCII));
                client.send(java.util.Arrays.copyOf(octets, half));
                client.reply();
                client.send(("BDAT " + (octets.length - half) + " LAST\r\n").getBytes(StandardCharsets.US_ASCII));
                client.send(java.util.Arrays.copyOfRange(octets, half, octets.length));
            } else {
                client.command("DATA");
                client.send(octets).send(".\r\n");
            }
            return client.reply();
        }
    }

    private MemorySpool.Stored accepted(CheckSettings settings, String from, String content, boolean inChunks)
            throws Exception {
        try (TestServer server = server(settings)) {
            assertThat(deliver(server, from, content, inChunks)).startsWith("250");
            return server.spool.stored.getFirst();
        }
    }

    private MemorySpool.Stored accepted(String from, String content) throws Exception {
        return accepted(settings(true, TIMEOUT, OnFailure.DEFER), from, content, false);
    }

    private static String unfolded(String fields) {
        return fields.replaceAll("\r\n[ \t]+", " ");
    }

    @Test
    void aGoodMailPassesEverythingAndSaysSo() throws Exception {
        TestMail mail = TestSigner.rsa().sign(TestMail.PLAIN);
        for (boolean inChunks : List.of(false, true)) {
            MemorySpool.Stored stored =
                    accepted(settings(true, TIMEOUT, OnFailure.DEFER), "alice@sender.example", mail.text(), inChunks);
            Verdicts verdicts = stored.acceptance().verdicts();
            assertThat(verdicts.spf().status()).isEqualTo(Status.PASS);
            assertThat(verdicts.dkim().verdict().status()).isEqualTo(Status.PASS);
            assertThat(verdicts.dkim().signatures()).hasSize(1);
            assertThat(verdicts.dmarc().verdict().status()).isEqualTo(Status.PASS);
            assertThat(verdicts.arc().status()).isEqualTo(Status.GRAY);
            assertThat(verdicts.spam().verdict()).isEqualTo(Verdict.disabled());
            assertThat(verdicts.virus()).isEqualTo(Verdict.disabled());
            assertThat(stored.content()).isEqualTo(TestMail.octets(mail.text()));
            String trace = unfolded(stored.trace());
            assertThat(trace.lines().map(line -> line.substring(0, line.indexOf(':'))))
                    .containsExactly(
                            "Return-Path", "Received", "Received-SPF", "Authentication-Results", "X-SES-RECEIPT");
            assertThat(trace)
                    .contains("Received-SPF: pass (spfCheck: domain of sender.example designates")
                    .contains("Authentication-Results: mx.example.com; spf=pass")
                    .contains("smtp.mailfrom=alice@sender.example")
                    .contains("dkim=pass")
                    .contains("header.d=example.com")
                    .contains("dmarc=pass")
                    .contains("header.from=example.com")
                    .contains("arc=none");
        }
        assertThat(counted)
                .contains("SPF PASS", "DKIM PASS", "DMARC PASS", "ARC GRAY")
                .hasSize(8);
    }

    @Test
    void aForgedMailFailsAndIsStoredAllTheSame() throws Exception {
        MemorySpool.Stored stored = accepted("alice@forged.example", TestMail.PLAIN.text());
        Verdicts verdicts = stored.acceptance().verdicts();
        assertThat(verdicts.spf().status()).isEqualTo(Status.FAIL);
        assertThat(verdicts.dkim().verdict().status()).isEqualTo(Status.GRAY);
        assertThat(verdicts.dmarc().verdict().status()).isEqualTo(Status.FAIL);
        assertThat(verdicts.dmarc().policy()).contains(Verdicts.Dmarc.Policy.REJECT);
        assertThat(unfolded(stored.trace()))
                .contains("spf=fail")
                .contains("dkim=none")
                .contains("dmarc=fail");
    }

    @Test
    void whatClaimsToBeOurResultIsTakenOutAndNothingElse() throws Exception {
        String forged = "Authentication-Results: mx.example.com;\r\n dmarc=pass header.from=example.com\r\n";
        String foreign = "Authentication-Results: mx.other.example; spf=pass\r\nX-Odd  : \t x  \r\n";
        TestMail signed = TestSigner.rsa()
                .tag("h", "from:authentication-results")
                .sign(new TestMail(forged + TestMail.PLAIN.text()));
        MemorySpool.Stored stored = accepted("alice@sender.example", foreign + signed.text());
        assertThat(stored.content())
                .isEqualTo(TestMail.octets(foreign + signed.text().replace(forged, "")));
        // The signature is judged by what came in.
        assertThat(stored.acceptance().verdicts().dkim().verdict().status()).isEqualTo(Status.PASS);
    }

    @Test
    void aMailWithoutHeaderOrBodyIsExaminedToo() throws Exception {
        for (String content : List.of("", "\r\n", "no field\r\n", "From: a@example.com\r\n", "\r\nbody\r\n")) {
            MemorySpool.Stored stored = accepted("", content);
            assertThat(stored.content()).isEqualTo(TestMail.octets(content));
            assertThat(stored.acceptance().verdicts().dmarc().verdict().status())
                    .isNotEqualTo(Status.PASS);
        }
    }

    @Test
    void aTrustedForwarderMendsDmarc() throws Exception {
        for (String sealer : List.of("forwarder.example", "stranger.example")) {
            TestKey key = TestKey.RSA.at(sealer, "arc");
            key.publish(dns);
            TestMail sealed = TestSealer.of(1, key)
                    .results("i=1; " + sealer + "; dmarc=pass header.from=example.com")
                    .on(TestMail.PLAIN);
            Verdicts verdicts =
                    accepted("bounce@" + sealer, sealed.text()).acceptance().verdicts();
            assertThat(verdicts.arc().status()).isEqualTo(Status.PASS);
            assertThat(verdicts.dmarc().verdict().status())
                    .isEqualTo(sealer.equals("forwarder.example") ? Status.PASS : Status.FAIL);
            assertThat(verdicts.dmarc().verdict().result()).isEqualTo("fail");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, DEFER, 451 4.7.1 Cannot scan for viruses now",
        "true, REFUSE, 550 5.7.1 Cannot scan for viruses",
        "true, MARK, 250 2.0.0",
        "false, DEFER, 250 2.0.0",
        "false, REFUSE, 250 2.0.0",
    })
    void aScanThatFailedIsWhatTheOperatorMakesOfIt(boolean enforce, OnFailure onFailure, String reply)
            throws Exception {
        virus = Optional.of((content, deadline) -> BROKEN);
        try (TestServer server = server(settings(enforce, TIMEOUT, onFailure))) {
            assertThat(deliver(server, "alice@sender.example", TestMail.PLAIN.text(), false))
                    .startsWith(reply);
            boolean stored = reply.startsWith("250");
            assertThat(server.spool.stored).hasSize(stored ? 1 : 0);
            assertThat(server.spool.openDrafts).hasValue(0);
            if (stored) {
                assertThat(server.spool.stored.getFirst().trace())
                        .contains("X-SES-Virus-Verdict: PROCESSING_FAILED\r\n");
            } else {
                assertThat(server.log.refusals()).containsExactly("DATA virus-scan-failed");
            }
        }
    }

    @Test
    void scannersAreGivenTheMailAndTheirVerdictsStandInIt() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        virus = Optional.of((content, deadline) -> {
            seen.set(text(content));
            return CLEAN;
        });
        spam = Optional.of((content, envelope, id, name, deadline) -> new Verdicts.Spam(
                new Verdict(Status.FAIL, "reject", id + " " + envelope.from(), Duration.ZERO),
                OptionalDouble.of(16),
                List.of("GTUBE")));
        MemorySpool.Stored stored = accepted("alice@sender.example", TestMail.PLAIN.text());
        assertThat(seen.get()).isEqualTo(TestMail.PLAIN.text());
        assertThat(stored.trace())
                .contains("X-SES-Spam-Verdict: FAIL\r\nX-SES-Virus-Verdict: PASS\r\nReceived-SPF: pass");
        assertThat(stored.acceptance().verdicts().spam().verdict().reason())
                .isEqualTo(stored.acceptance().id() + " alice@sender.example");
    }

    @ParameterizedTest(name = "dkim {0}, arc {0}, in chunks {1}")
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void aReceivedMailProvesThatItWasReceived(boolean verifying, boolean inChunks) throws Exception {
        receipts = TestReceipts.SIGNED;
        CheckSettings some = settings(true, TIMEOUT, OnFailure.DEFER);
        CheckSettings settings = new CheckSettings(
                some.hostname(),
                some.enforce(),
                some.timeout(),
                true,
                verifying,
                true,
                verifying,
                some.trustedSealers(),
                some.spamOnFailure(),
                some.virusOnFailure());
        String forged = "x-ses-receipt: AAAA\r\nX-SES-DKIM-Signature: v=1;\r\n b=AAAA\r\n"
                + "X-SES-Virus-Verdict: PASS\r\nX-SES-Spam-Verdict : PASS\r\n";
        MemorySpool.Stored stored = accepted(
                settings,
                "alice@sender.example",
                TestSigner.rsa().sign(TestMail.PLAIN).with(forged).text(),
                inChunks);

        assertThat(stored.text()).doesNotContainIgnoringCase("x-ses-");
        assertThat(unfolded(stored.trace()).lines().map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactly(
                        "Return-Path",
                        "Received",
                        "Received-SPF",
                        "Authentication-Results",
                        "X-SES-RECEIPT",
                        "X-SES-DKIM-SIGNATURE");
        ReceiptVerifier verifier =
                new ReceiptVerifier(TestReceipts.RECEIPTS, TestKey.ED25519.publish(new FakeDns()), CLOCK);
        String mail = stored.trace() + stored.text();
        ReceiptVerifier.Found found =
                verifier.verify(new java.io.ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
        assertThat(found.genuine()).contains(stored.acceptance().id());
        assertThat(found.signatures())
                .extracting(result -> result.result().toString())
                .containsExactly("pass");
    }

    private static String text(MessageContent content) {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theSlowestCheckDecidesAndNotTheSum() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        virus = Optional.of((content, deadline) -> together(both) ? CLEAN : BROKEN);
        spam = Optional.of((content, envelope, id, name, deadline) ->
                new Verdicts.Spam(together(both) ? CLEAN : BROKEN, OptionalDouble.empty(), List.of()));
        Verdicts verdicts = accepted("alice@sender.example", TestMail.PLAIN.text())
                .acceptance()
                .verdicts();
        assertThat(verdicts.virus()).isEqualTo(CLEAN);
        assertThat(verdicts.spam().verdict()).isEqualTo(CLEAN);
    }

    private static boolean together(CountDownLatch both) {
        both.countDown();
        try {
            return both.await(10, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void nothingIsWaitedForBeyondTheDeadlineAndNothingPassesThen() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        virus = Optional.of((content, deadline) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return CLEAN;
        });
        asked = new StalledDns();
        long began = System.nanoTime();
        MemorySpool.Stored stored = accepted(
                settings(true, Duration.ofMillis(300), OnFailure.MARK),
                "alice@sender.example",
                TestSigner.rsa().sign(TestMail.PLAIN).text(),
                false);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        Verdicts verdicts = stored.acceptance().verdicts();
        for (Check check : List.of(Check.SPF, Check.DKIM, Check.DMARC, Check.VIRUS)) {
            assertThat(verdicts.of(check).status()).as(check.name()).isEqualTo(Status.PROCESSING_FAILED);
        }
        assertThat(unfolded(stored.trace()))
                .contains("spf=temperror")
                .contains("dkim=temperror")
                .contains("dmarc=temperror");
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void aDnsThatFailsRefusesNobody() throws Exception {
        dns.failing("sender.example").failing("_dmarc.example.com").failing("rsa._domainkey.example.com");
        Verdicts verdicts = accepted(
                        "alice@sender.example",
                        TestSigner.rsa().sign(TestMail.PLAIN).text())
                .acceptance()
                .verdicts();
        for (Check check : List.of(Check.SPF, Check.DKIM, Check.DMARC)) {
            assertThat(verdicts.of(check).status()).as(check.name()).isEqualTo(Status.PROCESSING_FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fwd.example; dmarc=pass header.from=example.com | true",
                "fwd.example; spf=pass; dmarc = pass (p=reject) header.from = Example.COM; dkim=none | true",
                "fwd.example; dmarc=fail header.from=example.com | false",
                "fwd.example; dmarc=pass header.from=other.example | false",
                "fwd.example; dmarc=pass header.from=example.com.evil.example | false",
                "fwd.example; spf=fail (dmarc=pass header.from=example.com) | false",
                "fwd.example; spf=fail reason=\"; dmarc=pass header.from=example.com\" | false",
                "fwd.example; spf=fail smtp.mailfrom=\"x\\\"; dmarc=pass header.from=example.com;\" | false",
                "fwd.example; spf=fail (((; dmarc=pass header.from=example.com | false",
                "fwd.example; dmarc=passed header.from=example.com | false",
                "fwd.example; x-dmarc=pass header.from=example.com | false",
                "none | false",
            })
    void aForwardersClaimsAreReadStrictly(String claims, boolean passes) {
        assertThat(SealerClaims.passesDmarc(claims, "example.com")).isEqualTo(passes);
    }
}
