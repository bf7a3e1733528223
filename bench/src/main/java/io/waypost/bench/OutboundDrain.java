package io.waypost.bench;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.ReversePath;
import io.waypost.message.Run;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.outbound.DeliverHandler;
import io.waypost.outbound.DeliveryAudience;
import io.waypost.outbound.OutboundRoutes;
import io.waypost.outbound.OutboundRules;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.OutboundSubmission;
import io.waypost.outbound.exchange.MailExchangers;
import io.waypost.outbound.exchange.Ourselves;
import io.waypost.outbound.pace.PaceLimits;
import io.waypost.outbound.pace.Paces;
import io.waypost.outbound.port.DeliveryFigures;
import io.waypost.outbound.port.DeliveryObserver;
import io.waypost.outbound.port.ReturnPaths;
import io.waypost.outbound.smtp.ConnectionLimits;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.outbound.source.SourcePools;
import io.waypost.outbound.tls.EncryptionRules;
import io.waypost.outbound.tls.PolicyShelf;
import io.waypost.outbound.tls.StsPolicies;
import io.waypost.outbound.tls.TlsContexts;
import io.waypost.outbound.transmit.Transmitter;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.RuleSet;
import io.waypost.rules.run.ActionRegistry;
import io.waypost.rules.run.RetrySchedule;
import io.waypost.rules.run.Router;
import io.waypost.rules.run.RouterSettings;
import io.waypost.smtp.checks.dns.CachingDns;
import io.waypost.smtp.checks.dns.DnsSettings;
import io.waypost.store.EmbeddedStore;
import io.waypost.store.StoreSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Sends a full queue to a sink, round after round in one process: the store, the router and the handler of deliveries as the server
 * has them. Between rounds the queue is filled while nothing is delivered.
 *
 * <p>Arguments: folder, port of the name server, port of the exchangers, number of domains ({@code d0.test} and so on), mails a
 * round, bytes a mail, rounds. One line of JSON a round.
 */
public final class OutboundDrain {

    private static final int SUBMITTERS = 64;

    private OutboundDrain() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Dns dns = new CachingDns(new DnsSettings(
                List.of(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]))), Duration.ofSeconds(5)));
        int domains = Integer.parseInt(arguments[3]);
        int mails = Integer.parseInt(arguments[4]);
        byte[] message = message(Integer.parseInt(arguments[5]));
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.in(folder), Clock.systemUTC())) {
            for (int round = 0; round < Integer.parseInt(arguments[6]); round++) {
                System.out.println(round(store, dns, Integer.parseInt(arguments[2]), domains, mails, message));
            }
        }
    }

    static byte[] message(int size) {
        StringBuilder text = new StringBuilder("From: <a@waypost.test>\r\nTo: <b@far.test>\r\nSubject: measured\r\n"
                + "Message-ID: <1@waypost.test>\r\nDate: Thu, 26 Nov 2026 08:00:00 +0000\r\n\r\n");
        while (text.length() < size) {
            text.append("0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String round(EmbeddedStore store, Dns dns, int port, int domains, int mails, byte[] message)
            throws Exception {
        OutboundRoutes routes = new OutboundRoutes(Optional.empty(), Map.of());
        OutboundSettings settings = OutboundSettings.of("waypost.test", routes);
        fill(store, settings, domains, mails, message);
        Clock clock = Clock.systemUTC();
        RandomGenerator random = new java.security.SecureRandom();
        OutboundSubmission notices = new OutboundSubmission(settings, store.spool(), committed -> {}, clock, random);
        try (SmtpClient client = new SmtpClient(
                        SmtpTimeouts.STANDARD, new TlsContexts(Optional.empty()), ConnectionLimits.STANDARD);
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            camel.start();
            Transmitter transmitter = new Transmitter(
                    "waypost.test",
                    new HostAddresses(dns),
                    new MailExchangers(
                            dns, new Ourselves("waypost.test", Set.of(), domain -> false), port, true, random),
                    new EncryptionRules(
                            dns,
                            true,
                            Optional.of(new StsPolicies(dns, OutboundDrain::noPolicy, PolicyShelf.NONE, clock))),
                    new SourcePools(Map.of(), clock),
                    client,
                    DeliveryFigures.NONE);
            RuleSet ruleSet = OutboundRules.ruleSet(routes);
            Semaphore done = new Semaphore(0);
            Window window = new Window();
            DeliverHandler handler = new DeliverHandler(
                    settings,
                    transmitter,
                    new Paces(new PaceLimits(20, OptionalDouble.empty()), Map.of(), System::nanoTime),
                    ReturnPaths.AS_SUBMITTED,
                    new DeliveryAudience(new FailureNotices("waypost.test", notices, clock), DeliveryObserver.NONE),
                    opening(window),
                    clock);
            Router router = new Router(
                    new RouterSettings(
                            new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), Duration.ofHours(1)),
                            1000,
                            Duration.ofMillis(500),
                            Duration.ofMillis(500)),
                    version -> ruleSet,
                    new ActionRegistry(new ActionHandlers(List.of(handler))),
                    store.spool(),
                    store.ledger(),
                    event -> {
                        if (event instanceof MailLog.Attempted) {
                            window.close();
                        }
                        if (event instanceof MailLog.Settled) {
                            done.release();
                        }
                    },
                    camel,
                    clock,
                    random);
            long cpu = cpu();
            long begun = System.nanoTime();
            router.start();
            done.acquire(mails);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double used = (cpu() - cpu) / 1e9;
            router.stop(Duration.ofSeconds(5));
            return String.format(
                    Locale.ROOT,
                    "{\"mails\": %d, \"mails_per_second\": %.1f, \"cpu_ms_per_mail\": %.3f, %s}",
                    mails,
                    mails / seconds,
                    1000 * used / mails,
                    window.json());
        }
    }

    private static DeliveryFigures opening(Window window) {
        return new DeliveryFigures() {
            @Override
            public void attempted(String way, String receiver, String result) {
                if (result.equals("delivered")) {
                    window.open();
                }
            }

            @Override
            public void carried(String encryption, boolean reused) {}
        };
    }

    private static String noPolicy(Domain domain) throws IOException {
        throw new IOException("no domain here has a policy");
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** As many mails as the round has, accepted and given back to the ledger. */
    private static void fill(EmbeddedStore store, OutboundSettings settings, int domains, int mails, byte[] message)
            throws Exception {
        OutboundSubmission submission = new OutboundSubmission(
                settings,
                store.spool(),
                committed -> giveBack(store, committed),
                Clock.systemUTC(),
                new java.security.SecureRandom());
        MessageContent content = MessageContent.of(message);
        List<Future<?>> submitted = new ArrayList<>();
        Semaphore places = new Semaphore(SUBMITTERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < mails; i++) {
                EmailAddress to = EmailAddress.of("u" + i + "@d" + i % domains + ".test");
                places.acquire();
                submitted.add(threads.submit(() -> {
                    try {
                        return submission.submit(
                                Envelope.of(
                                        ReversePath.of(EmailAddress.of("a@waypost.test")),
                                        List.of(to),
                                        Client.local("waypost.test")),
                                content,
                                Optional.empty());
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<?> one : submitted) {
                one.get();
            }
        }
    }

    private static void giveBack(EmbeddedStore store, Spool.Committed committed) {
        store.ledger().giveBack(committed.ready().stream().map(Run::key).toList());
    }
}
