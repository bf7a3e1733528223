package io.waypost.server;

import io.waypost.api.metrics.Meters;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Domain;
import io.waypost.message.Scope;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.message.port.Settings;
import io.waypost.outbound.DeliverHandler;
import io.waypost.outbound.DeliveryAudience;
import io.waypost.outbound.OutboundRoutes;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.OutboundSubmission;
import io.waypost.outbound.exchange.MailExchangers;
import io.waypost.outbound.exchange.Ourselves;
import io.waypost.outbound.pace.PaceLimits;
import io.waypost.outbound.pace.Paces;
import io.waypost.outbound.port.DeliveryFigures;
import io.waypost.outbound.port.DeliveryObserver;
import io.waypost.outbound.port.ReturnPaths;
import io.waypost.outbound.port.SourceAddressChanges;
import io.waypost.outbound.returned.ReturnRules;
import io.waypost.outbound.smtp.ConnectionLimits;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.Peer;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.source.DayCounts;
import io.waypost.outbound.source.SourceAddress;
import io.waypost.outbound.source.SourcePools;
import io.waypost.outbound.source.WarmUp;
import io.waypost.outbound.tls.Authorities;
import io.waypost.outbound.tls.EncryptionRules;
import io.waypost.outbound.tls.HttpsPolicies;
import io.waypost.outbound.tls.SettingsShelf;
import io.waypost.outbound.tls.StsPolicies;
import io.waypost.outbound.tls.StsRefresh;
import io.waypost.outbound.tls.TlsContexts;
import io.waypost.outbound.transmit.Transmitter;
import io.waypost.rules.RuleSet;
import io.waypost.rules.RuleSets;
import io.waypost.rules.book.RuleBook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import javax.net.ssl.X509TrustManager;

/** The outbound line in configuration's words, and its part in the router. */
final class OutboundWiring {

    /** RFC 8461 3.3 suggests a minute; mail waits meanwhile. */
    private static final Duration POLICY_TIMEOUT = Duration.ofSeconds(20);

    /** Policies are the server's, not an account's. */
    private static final Scope SERVER = new Scope("server", "-");

    private OutboundWiring() {}

    /** What delivery is made of. */
    record Means(
            WaypostConfig config,
            OutsideWorld world,
            OutboundSettings outbound,
            OutboundSubmission submission,
            HostAddresses hosts,
            Dns dns,
            Settings settings,
            RuleBook book,
            SourceAddressChanges addresses,
            DeliveryObserver observer,
            ReturnPaths returnPaths,
            DeliveryFigures figures,
            Clock clock,
            RandomGenerator random) {}

    /** What delivers. */
    record Delivery(
            DeliverHandler handler,
            SmtpClient client,
            HttpsPolicies policies,
            Optional<StsRefresh> refresh,
            DayCounts counts) {
        void close() throws InterruptedException {
            if (refresh.isPresent()) {
                refresh.get().close();
            }
            counts.close();
            client.close();
            policies.close();
        }
    }

    static OutboundSettings settings(WaypostConfig config) {
        Map<Domain, HostAndPort> routes = new HashMap<>();
        config.outbound().routes().forEach((domain, to) -> routes.put(new Domain(domain), hostAndPort(to)));
        return OutboundSettings.of(
                config.hostname(),
                new OutboundRoutes(
                        config.outbound().relay().map(OutboundWiring::hostAndPort),
                        routes,
                        config.outbound()
                                .relayLogin()
                                .map(login -> new Peer.Login(
                                        login.user(), login.password().reveal()))));
    }

    private static HostAndPort hostAndPort(InetSocketAddress address) {
        return new HostAndPort(address.getHostString(), address.getPort());
    }

    /** What the metrics show of deliveries. */
    static DeliveryFigures figures(Meters meters) {
        return new DeliveryFigures() {
            @Override
            public void attempted(String way, String receiver, String result) {
                meters.deliveryAttempted(way, receiver, result);
            }

            @Override
            public void carried(String encryption, boolean reused) {
                meters.connectionCarried(encryption, reused);
            }
        };
    }

    static Delivery delivery(Means means) throws IOException, StartException {
        io.waypost.config.OutboundSettings told = means.config().outbound();
        Optional<X509TrustManager> authorities = authorities(told);
        SmtpClient client = new SmtpClient(
                means.world().timeouts(),
                new TlsContexts(authorities),
                new ConnectionLimits(told.idle(), told.mailsPerConnection()));
        HttpsPolicies policies = new HttpsPolicies(
                means.dns(), means.world().policyPort(), told.allowPrivate(), POLICY_TIMEOUT, authorities);
        Optional<StsPolicies> mtaSts = told.mtaSts()
                ? Optional.of(new StsPolicies(
                        means.dns(), policies, new SettingsShelf(means.settings(), SERVER), means.clock()))
                : Optional.empty();
        DayCounts counts = DayCounts.load(means.settings(), means.clock());
        Transmitter transmitter = new Transmitter(
                means.config().hostname(),
                means.hosts(),
                new MailExchangers(means.dns(), ourselves(means), told.port(), told.allowPrivate(), means.random()),
                new EncryptionRules(means.dns(), told.dane(), mtaSts),
                new SourcePools(pools(told), means.addresses(), counts),
                client,
                means.figures());
        DeliverHandler handler = new DeliverHandler(
                means.outbound(),
                transmitter,
                paces(told),
                means.returnPaths(),
                new DeliveryAudience(
                        new FailureNotices(means.config().hostname(), means.submission(), means.clock()),
                        means.observer()),
                means.figures(),
                means.clock());
        Optional<StsRefresh> refresh = mtaSts.map(all -> new StsRefresh(all, StsRefresh.PAUSE));
        refresh.ifPresent(StsRefresh::start);
        return new Delivery(handler, client, policies, refresh, counts);
    }

    private static Optional<X509TrustManager> authorities(io.waypost.config.OutboundSettings told)
            throws StartException {
        if (told.trust().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Authorities.with(told.trust().get()));
        } catch (CertificateException e) {
            throw new StartException("outbound.trust: " + e.getMessage());
        }
    }

    private static Ourselves ourselves(Means means) throws StartException {
        List<InetSocketAddress> listeners = new ArrayList<>();
        for (io.waypost.config.SmtpSettings.Listener listener :
                means.config().smtp().listeners()) {
            listeners.add(SmtpWiring.resolved(listener.address()));
        }
        try {
            return Ourselves.listeningOn(
                    means.config().hostname(),
                    listeners,
                    domain -> means.book().inForce().ours().cover(domain));
        } catch (SocketException e) {
            throw new StartException("the addresses of this machine cannot be listed", e);
        }
    }

    private static Paces paces(io.waypost.config.OutboundSettings told) {
        Map<String, PaceLimits> limits = new HashMap<>();
        told.destinations().forEach((domain, own) -> limits.put(domain, new PaceLimits(own.connections(), own.rate())));
        return new Paces(new PaceLimits(told.connections(), OptionalDouble.empty()), limits, System::nanoTime);
    }

    private static Map<String, List<SourceAddress>> pools(io.waypost.config.OutboundSettings told) {
        Map<String, List<SourceAddress>> pools = new HashMap<>();
        told.pools()
                .forEach((name, sources) -> pools.put(
                        name,
                        sources.stream()
                                .map(source -> new SourceAddress(
                                        source.address(),
                                        source.hostname(),
                                        source.seenAs(),
                                        source.warmUp().map(OutboundWiring::warmUp)))
                                .toList()));
        return pools;
    }

    private static WarmUp warmUp(io.waypost.config.OutboundSettings.WarmUp told) {
        return new WarmUp(told.from(), told.recipients().isEmpty() ? WarmUp.STANDARD : told.recipients());
    }

    /** The rules of the outbound line, and those of what comes back to it, beside those of the book. */
    static RuleSets ruleSets(RuleBook book, RuleSet outbound) {
        ReturnRules returned = new ReturnRules();
        return version -> {
            if (version.equals(outbound.version())) {
                return outbound;
            }
            return version.equals(ReturnRules.VERSION) ? returned : book.find(version);
        };
    }
}
