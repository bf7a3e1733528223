package io.waypost.smtp.testing;

import io.waypost.message.Domain;
import io.waypost.smtp.CertificateFiles;
import io.waypost.smtp.Cidr;
import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.checks.client.ClientChecks;
import io.waypost.smtp.checks.client.ClientSettings;
import io.waypost.smtp.checks.client.IpFilter;
import io.waypost.smtp.checks.client.IpFilters;
import io.waypost.smtp.listener.SmtpServer;
import io.waypost.smtp.submission.SubmissionService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A server on loopback with fakes behind it. */
public final class TestServer implements AutoCloseable {

    private static final CertificateFiles CERTIFICATE = new CertificateFiles(
            Path.of("src/test/resources/tls/rsa.pem"), Path.of("src/test/resources/tls/rsa-pkcs8.key"));

    /** No filter, and no question. */
    public static final ClientChecks ASKING_NOTHING = new ClientChecks(
            new ClientSettings(true, List.of(), false, Duration.ofSeconds(30)), IpFilters.NONE, new FakeDns());

    /** Nobody may connect. */
    private static final ClientChecks BLOCKING_EVERYBODY = new ClientChecks(
            new ClientSettings(true, List.of(), false, Duration.ofSeconds(30)),
            new IpFilters(List.of(
                    new IpFilter(IpFilter.Policy.BLOCK, Cidr.of("0.0.0.0/0"), "all4"),
                    new IpFilter(IpFilter.Policy.BLOCK, Cidr.of("::/0"), "all6"))),
            new FakeDns());

    public final MemorySpool spool = new MemorySpool();
    public final FakeRouting routing = new FakeRouting();
    public final RecordingLog log = new RecordingLog();
    public final CountingObserver observer = new CountingObserver();
    public final FakeAuthenticator authenticator = new FakeAuthenticator();
    public final FakeSender sender = new FakeSender();
    public final SmtpServer smtp;

    public TestServer(Limits limits) throws Exception {
        this(limits, TlsMode.NONE, List.of());
    }

    /** Under TLS it has a certificate for one.example. */
    public TestServer(Limits limits, TlsMode tls, List<Cidr> proxyTrusted) throws Exception {
        this(settings(limits, tls, proxyTrusted));
    }

    /** One listener for submission; the limits are those of reception and submission alike. */
    public static TestServer submission(TlsMode tls, Limits limits) throws Exception {
        return new TestServer(
                new SmtpSettings(
                        "mx.example.com",
                        new Domain("example.com"),
                        List.of(new ListenerSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                ListenerSettings.Purpose.SUBMISSION,
                                tls,
                                List.of())),
                        Optional.of(CERTIFICATE),
                        Path.of("unused"),
                        limits),
                BLOCKING_EVERYBODY);
    }

    private static SmtpSettings settings(Limits limits, TlsMode tls, List<Cidr> proxyTrusted) {
        return new SmtpSettings(
                "mx.example.com",
                new Domain("example.com"),
                List.of(new ListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, proxyTrusted)),
                Optional.of(CERTIFICATE),
                Path.of("unused"),
                limits);
    }

    /** Its clients are whom they name in a PROXY header, and are asked about. */
    public TestServer(Limits limits, ClientChecks clients) throws Exception {
        this(settings(limits, TlsMode.STARTTLS, List.of(Cidr.of("127.0.0.0/8"), Cidr.of("::1"))), clients);
    }

    /** Its clients are asked about; they come from loopback. */
    public TestServer(TlsMode tls, ClientChecks clients) throws Exception {
        this(settings(Limits.DEFAULT, tls, List.of()), clients);
    }

    public TestServer(SmtpSettings settings) throws Exception {
        this(settings, ASKING_NOTHING);
    }

    private TestServer(SmtpSettings settings, ClientChecks clients) throws Exception {
        this(settings, clients, Examiner.NONE);
    }

    /** It examines mails. */
    public TestServer(Examiner examiner) throws Exception {
        this(settings(Limits.DEFAULT, TlsMode.NONE, List.of()), ASKING_NOTHING, examiner);
    }

    private TestServer(SmtpSettings settings, ClientChecks clients, Examiner examiner) throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
        smtp = SmtpServer.start(
                settings,
                spool,
                routing,
                new SubmissionService(authenticator, sender),
                log,
                observer,
                clients,
                examiner,
                clock,
                new Random(1));
    }

    public RawClient connect() throws Exception {
        return new RawClient(smtp.addresses().getFirst());
    }

    /** A client that has done the handshake of implicit TLS. */
    public RawClient connectTls() throws Exception {
        RawClient client = connect();
        client.startTls();
        return client;
    }

    @Override
    public void close() {
        smtp.close();
    }
}
