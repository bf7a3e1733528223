package io.waypost.smtp.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.host.HostAddresses;
import io.waypost.smtp.checks.spam.Rspamd;
import io.waypost.smtp.checks.spam.RspamdSettings;
import io.waypost.smtp.checks.virus.Clamd;
import io.waypost.smtp.checks.virus.ClamdSettings;
import io.waypost.smtp.testing.Daemon;
import io.waypost.smtp.testing.FakeDns;
import io.waypost.smtp.testing.LocalDns;
import io.waypost.smtp.testing.RealClamd;
import io.waypost.smtp.testing.RealRspamd;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scanners of Debian's packages: what they find, and what is said while they are killed, hung and back again. */
@Timeout(300)
class RealScannersTest {

    private static final HostAddresses HOSTS = new HostAddresses(new FakeDns());
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String HEADER =
            "From: Alice <alice@sender.example>\r\nTo: bob@example.com\r\nSubject: hello\r\n"
                    + "Date: Wed, 25 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@sender.example>\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: text/plain; charset=utf-8\r\n\r\n";

    private static MessageContent mail(String body) {
        return MessageContent.of((HEADER + body + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageContent zipped(String content) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("file.txt"));
            zip.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return MessageContent.of(
                ("From: a@sender.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                + "--b\r\nContent-Type: text/plain\r\n\r\nsee there\r\n--b\r\nContent-Type: application/zip\r\n"
                                + "Content-Disposition: attachment; filename=file.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                + Base64.getMimeEncoder().encodeToString(bytes.toByteArray()) + "\r\n--b--\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void clamdFindsWhatItKnows() throws Exception {
        try (RealClamd daemon = new RealClamd()) {
            daemon.start();
            for (SocketAddress address : List.of(tcp(daemon), UnixDomainSocketAddress.of(daemon.socket()))) {
                try (Clamd clamd = new Clamd(new ClamdSettings(address, TIMEOUT, 8, 50_000_000), HOSTS)) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(scan(clamd, mail("hello")).status()).isEqualTo(Status.PASS);
                        assertThat(scan(clamd, mail(RealClamd.EICAR)))
                                .extracting(Verdict::status, Verdict::result)
                                .containsExactly(Status.FAIL, "Eicar-Test-Signature.UNOFFICIAL");
                        assertThat(scan(clamd, zipped(RealClamd.EICAR)).status())
                                .isEqualTo(Status.FAIL);
                    }
                    // Its own StreamMaxLength is a megabyte.
                    Verdict tooLarge =
                            scan(clamd, mail("x".repeat(78).concat("\r\n").repeat(40_000)));
                    assertThat(tooLarge.status()).isEqualTo(Status.PROCESSING_FAILED);
                    assertThat(tooLarge.reason()).startsWith("clamd: ");
                    assertThat(scan(clamd, mail("hello")).status()).isEqualTo(Status.PASS);
                }
            }
        }
    }

    @Test
    void clamdKilledHungAndBack() throws Exception {
        try (RealClamd daemon = new RealClamd();
                Clamd clamd = new Clamd(new ClamdSettings(tcp(daemon), Duration.ofSeconds(2), 8, 50_000_000), HOSTS)) {
            daemon.start();
            outage(daemon, () -> scan(clamd, mail("hello")), Status.PASS);
        }
    }

    private static SocketAddress tcp(RealClamd daemon) {
        return InetSocketAddress.createUnresolved("127.0.0.1", daemon.port);
    }

    private static Verdict scan(Clamd clamd, MessageContent mail) {
        return clamd.scan(mail, Deadline.in(TIMEOUT));
    }

    @Test
    void rspamdFindsWhatItKnowsAndIsKilledHungAndBack() throws Exception {
        try (LocalDns dns = zone();
                RealRspamd daemon = new RealRspamd(dns.address());
                Rspamd patient = rspamd(daemon, TIMEOUT);
                Rspamd hasty = rspamd(daemon, Duration.ofSeconds(4))) {
            daemon.start();
            for (int i = 0; i < 3; i++) {
                Verdicts.Spam ham = scan(patient, mail("Hello Bob, see you tomorrow at ten."));
                assertThat(ham.verdict().status()).as(ham.toString()).isIn(Status.PASS, Status.GRAY);
                assertThat(ham.symbols()).contains("R_SPF_ALLOW");
                assertThat(ham.score().orElseThrow()).isLessThan(6);
                Verdicts.Spam spam = scan(patient, mail(RealRspamd.GTUBE));
                assertThat(spam.verdict().status()).isEqualTo(Status.FAIL);
                assertThat(spam.verdict().result()).isEqualTo("reject");
                assertThat(spam.symbols()).contains("GTUBE");
            }
            Status usual = scan(patient, mail("Hello Bob")).verdict().status();
            outage(daemon, () -> scan(hasty, mail("Hello Bob")).verdict(), usual);
        }
    }

    private static Rspamd rspamd(RealRspamd daemon, Duration timeout) {
        return new Rspamd(new RspamdSettings(daemon.url(), Optional.empty(), timeout, 8, 50_000_000), HOSTS);
    }

    private static LocalDns zone() throws Exception {
        return new LocalDns()
                .txt("sender.example", "v=spf1 ip4:192.0.2.25 -all")
                .txt("_dmarc.sender.example", "v=DMARC1; p=none")
                .add("sender.example", 60, "MX", "10 mx.sender.example.")
                .add("sender.example", 60, "A", "192.0.2.25")
                .add("mx.sender.example", 60, "A", "192.0.2.25")
                .ptr("192.0.2.25", "mx.sender.example");
    }

    private static Verdicts.Spam scan(Rspamd rspamd, MessageContent mail) {
        Envelope envelope = Envelope.of(
                ReversePath.of(EmailAddress.of("alice@sender.example")),
                List.of(EmailAddress.of("bob@example.com")),
                new Client(InetAddress.ofLiteral("192.0.2.25"), 4711, "mx.sender.example", "ESMTP", Optional.empty()));
        return rspamd.scan(
                mail, envelope, new MessageId("0".repeat(40)), Optional.of("mx.sender.example"), Deadline.in(TIMEOUT));
    }

    private static void outage(Daemon daemon, Supplier<Verdict> scan, Status usual) throws Exception {
        assertThat(scan.get().status()).isEqualTo(usual);

        daemon.kill();
        Verdict down = scan.get();
        assertThat(down.status()).isEqualTo(Status.PROCESSING_FAILED);
        assertThat(down.reason()).isNotEmpty();
        daemon.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> scan.get().status() == usual);

        daemon.hang();
        Verdict hung = scan.get();
        assertThat(hung.status()).isEqualTo(Status.PROCESSING_FAILED);
        assertThat(hung.took()).isLessThan(Duration.ofSeconds(15));
        daemon.goOn();
        await().atMost(Duration.ofSeconds(60)).until(() -> scan.get().status() == usual);
    }
}
