package io.waypost.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.waypost.actions.endpoint.CamelEndpoints;
import io.waypost.actions.s3.ObjectStore;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.api.ApiLimits;
import io.waypost.api.ForwardedFor;
import io.waypost.api.HttpDoor;
import io.waypost.api.aws.Operations;
import io.waypost.api.journal.MailJournal;
import io.waypost.api.metrics.HttpRefusals;
import io.waypost.api.metrics.Meters;
import io.waypost.api.secret.Sealing;
import io.waypost.config.ChecksSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.config.text.Problem;
import io.waypost.config.text.Problems;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.outbound.OutboundRules;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.OutboundSubmission;
import io.waypost.outbound.content.ContentCheck;
import io.waypost.outbound.returned.ReturnHandler;
import io.waypost.outbound.returned.Unsubscribing;
import io.waypost.outbound.sending.SentDelivery;
import io.waypost.outbound.sending.TellHandler;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.file.RuleFileWatch;
import io.waypost.rules.file.RuleFiles;
import io.waypost.rules.run.Router;
import io.waypost.smtp.checks.dns.CachingDns;
import io.waypost.smtp.checks.dns.DnsSettings;
import io.waypost.smtp.listener.SmtpServer;
import io.waypost.store.EmbeddedStore;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The running server: everything is made here, handed what it needs, and stopped in the reverse order. No decision about mail
 * is made in this class.
 */
final class Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Parts parts = new Parts();
    private @Nullable SmtpServer smtp;
    private @Nullable HttpDoor http;
    private @Nullable Operations operations;

    private Server() {}

    /**
     * Starts everything; when this returns, the SMTP port greets.
     *
     * @throws StartException one line that says what is wrong; nothing is left running
     */
    static Server start(WaypostConfig config, Clock clock) throws StartException {
        return start(config, clock, OutsideWorld.REAL);
    }

    /** The same, with another world around it. */
    static Server start(WaypostConfig config, Clock clock, OutsideWorld world) throws StartException {
        Server server = new Server();
        try {
            server.open(config, clock, world);
            return server;
        } catch (StartException | RuntimeException e) {
            server.close();
            throw e;
        } catch (InterruptedException e) {
            server.close();
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting");
        } catch (Exception e) {
            server.close();
            throw new StartException("cannot start", e);
        }
    }

    private void open(WaypostConfig config, Clock clock, OutsideWorld world) throws Exception {
        Libraries libraries = Libraries.starting(PATIENCE);
        EmbeddedStore store = Storage.store(config, clock);
        parts.add("store", store::close);

        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Meters meters = new Meters(registry);
        MailJournal journal = Storage.journal(config.mailLog(), clock);
        parts.add("mail log", journal::close);
        MailLog mailLog = new MailLogs(List.of(journal, meters));

        CamelContext camel = libraries.camel();
        parts.add("camel", camel::close);
        Vertx vertx = libraries.vertx();
        parts.add("vertx", () -> vertx.close().await());
        Dns dns = new CachingDns(
                new DnsSettings(config.dns().servers(), config.dns().timeout()));
        HostAddresses hosts = new HostAddresses(dns);
        ObjectStore objects = Storage.objects(config.objects(), hosts, clock);
        parts.add("objects", objects::close);
        HttpSender sender = new HttpSender(vertx, (host, timeout) -> hosts.of(host));
        parts.add("webhooks", sender::close);

        AtomicReference<@Nullable Router> routerToBe = new AtomicReference<>();
        SecureRandom random = new SecureRandom();
        Sealing sealing = new Sealing(config.data(), random, new SealedSettings(store.settings()));
        TopicWiring.Made topics = TopicWiring.of(
                config,
                store.settings(),
                store.spool(),
                sealing,
                committed -> offer(routerToBe, committed),
                clock,
                random);
        OutboundSettings outbound = OutboundWiring.settings(config);
        OutboundSubmission submission = new OutboundSubmission(
                outbound, store.spool(), committed -> offer(routerToBe, committed), clock, random);
        Problems problems = new Problems();
        CamelEndpoints endpoints = ActionFamilies.endpoints(config, camel, problems);
        parts.add("endpoints", endpoints::close);
        refuseFaults(problems.all());
        Files.createDirectories(config.data().resolve("mailets"));
        ActionFamilies.Families families = ActionFamilies.of(
                config,
                new ActionFamilies.Means(
                        objects, sender, endpoints, submission, topics.book(), topics.publishing(), clock));

        RuleFileReader reader = RuleReading.reader(config, families.all());
        RuleBook book = new RuleBook(
                store.archive(),
                reader,
                ApiWiring.home(config),
                config.checks().mode() == ChecksSettings.Mode.RECORD,
                clock);
        parts.add("mailets", families.mailets()::close);
        FileSets fileSets = new FileSets(ApiWiring.home(config), clock);
        RuleFiles files = new RuleFiles(
                config.rules(), reader, book, fileSets.before(RuleReading.afterwards(book, families.mailets())));
        fileSets.of(files);
        refuseFaults(files.load());
        HttpRefusals refusals = new HttpRefusals(registry);
        ApiWiring.Apis apis = ApiWiring.of(new ApiWiring.Means(
                config,
                store,
                book,
                reader,
                fileSets,
                objects,
                submission,
                topics,
                sealing,
                dns,
                new SendingWiring.Means(
                        config,
                        outbound,
                        store.settings(),
                        store.spool(),
                        submission,
                        sealing,
                        meters,
                        committed -> offer(routerToBe, committed),
                        random,
                        clock),
                (api, status, took) -> meters.apiAnswered(api.name().toLowerCase(Locale.ROOT), status, took),
                () -> refusals.count(HttpRefusals.Limit.FAILED_SIGNATURES),
                meters,
                random,
                clock));
        operations = apis.operations();
        fileSets.tell(apis.ruleSets());
        SendingWiring.Made sending = apis.sending();
        parts.add("sending", sending::close);
        parts.add("tracking", apis.sightings()::close);
        apis.verifier().start();
        parts.add("identities", apis.verifier()::close);

        CheckWiring.Checks checks =
                CheckWiring.of(config, dns, hosts, ReceiptWiring.fields(config, sealing, random), meters, clock);
        parts.add("checks", checks::close);

        List<ActionHandler<?>> carriedOut = new ArrayList<>(families.all());
        carriedOut.add(topics.delivery(sender, endpoints));
        OutboundWiring.Delivery delivery = OutboundWiring.delivery(new OutboundWiring.Means(
                config,
                world,
                outbound,
                submission,
                hosts,
                dns,
                store.settings(),
                book,
                apis.pools().changes(),
                sending.observer(),
                sending.returnPaths(),
                OutboundWiring.figures(meters),
                clock,
                random));
        parts.add("connections", delivery::close);
        carriedOut.add(new SentDelivery(
                delivery.handler(),
                sending.aftermath(),
                sending.contacts(),
                new ContentCheck(checks.ofSentMail(config)),
                config.hostname(),
                clock));
        carriedOut.add(new TellHandler(sending.events()));
        carriedOut.add(new ReturnHandler(
                sending.paths(),
                store.ledger(),
                sending.aftermath(),
                new Unsubscribing(sending.contacts(), sending.events()),
                config.retry().giveUpAfter()));
        Router router = RouterWiring.router(
                config,
                TopicWiring.ruleSets(OutboundWiring.ruleSets(book, OutboundRules.ruleSet(outbound.routes()))),
                new ActionHandlers(carriedOut),
                store,
                mailLog,
                camel,
                clock,
                random);
        routerToBe.set(router);
        parts.add("router", () -> router.stop(PATIENCE));

        SmtpServer listeners = SmtpServer.start(
                SmtpWiring.settings(config),
                store.spool(),
                new ReturnRouting(sending.paths(), SmtpWiring.routing(book, router)),
                SubmissionWiring.of(config, store.settings(), sealing, sending.sender(), clock),
                mailLog,
                checks.observer(),
                ClientWiring.checks(config, dns),
                checks.examiner(),
                clock,
                random);
        parts.add("smtp", () -> listeners.stop(PATIENCE));
        smtp = listeners;
        router.start();
        RuleFileWatch watch = new RuleFileWatch(files);
        watch.start();
        parts.add("rule files", watch::close);
        History history = new History(store.ledger(), book, config.history(), clock);
        history.start();
        parts.add("history", history::close);

        meters.watchLedger(() -> store.ledger().figures(clock.instant()));
        meters.watchConnections(listeners::connections);
        meters.watchMailLog(journal::dropped);
        meters.watchProcess();
        // Mail is taken already: what follows takes a moment, the very first time the better part of a second.
        topics.key().prepared();
        HttpDoor door = new HttpDoor(
                vertx,
                SmtpWiring.resolved(config.http()),
                registry,
                ReadinessChecks.of(store, listeners, book),
                apis.door(topics),
                ApiLimits.of(config.httpLimits()),
                new ForwardedFor(config.httpProxies()));
        door.start();
        parts.add("http", door::stop);
        http = door;
    }

    private static void offer(AtomicReference<@Nullable Router> router, Spool.Committed committed) {
        Router running = router.get();
        if (running == null) {
            throw new IllegalStateException("nothing is submitted before the router is there");
        }
        running.offer(committed);
    }

    private static void refuseFaults(List<Problem> problems) throws StartException {
        if (!problems.isEmpty()) {
            throw new StartException(String.join(
                    System.lineSeparator(),
                    problems.stream().map(Problem::toString).toList()));
        }
    }

    /** Where SMTP is listened to. */
    List<InetSocketAddress> smtpAddresses() {
        return smtp == null ? List.of() : smtp.addresses();
    }

    /** The operations of the APIs that are built. */
    Operations operations() {
        return Objects.requireNonNull(operations, "not started");
    }

    int httpPort() {
        return http == null ? 0 : http.port();
    }

    /** Stops taking mail, lets what is on its way finish for a while, and closes the store last. Never throws. */
    @Override
    public void close() {
        parts.stop();
    }
}
