package io.waypost.outbound;

import io.waypost.message.Domain;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.outbound.exchange.MailExchangers;
import io.waypost.outbound.exchange.Ourselves;
import io.waypost.outbound.pace.PaceLimits;
import io.waypost.outbound.pace.Paces;
import io.waypost.outbound.port.DeliveryFigures;
import io.waypost.outbound.port.DeliveryObserver;
import io.waypost.outbound.port.DeliveryReport;
import io.waypost.outbound.port.ReturnPaths;
import io.waypost.outbound.smtp.ConnectionLimits;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.outbound.source.SourcePools;
import io.waypost.outbound.testing.TableDns;
import io.waypost.outbound.tls.EncryptionRules;
import io.waypost.outbound.tls.TlsContexts;
import io.waypost.outbound.transmit.Transmitter;
import io.waypost.rules.Effect;
import io.waypost.rules.Rule;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The whole outbound line around a spool in memory; {@link #attempt} stands for the router. */
final class OutboundLine {

    static final Instant NOW = Instant.parse("2026-11-23T09:30:05Z");

    final MemorySpool spool = new MemorySpool();
    final TableDns table = new TableDns();
    final List<DeliveryReport> reports = new CopyOnWriteArrayList<>();
    DeliveryObserver observer = reports::add;
    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final List<String> figures = new CopyOnWriteArrayList<>();
    final List<Spool.Committed> offered = new ArrayList<>();
    final OutboundRoutes routes;
    final OutboundSubmission submission;
    final DeliverHandler handler;

    OutboundLine(Optional<HostAndPort> relay, Map<Domain, HostAndPort> routes) {
        this(relay, routes, 20);
    }

    OutboundLine(Optional<HostAndPort> relay, Map<Domain, HostAndPort> routes, int connections) {
        this.routes = new OutboundRoutes(relay, routes);
        OutboundSettings settings = new OutboundSettings("mx.example.com", this.routes, 10);
        Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
        submission = new OutboundSubmission(settings, spool, offered::add, clock, new Random(1));
        Dns dns = table;
        SmtpClient client = new SmtpClient(
                SmtpTimeouts.scaledTo(Duration.ofMinutes(2)),
                new TlsContexts(Optional.empty()),
                new ConnectionLimits(Duration.ZERO, 1));
        handler = new DeliverHandler(
                settings,
                new Transmitter(
                        settings.hostname(),
                        new HostAddresses(dns),
                        new MailExchangers(
                                dns,
                                new Ourselves(settings.hostname(), Set.of(), domain -> false),
                                25,
                                true,
                                new Random(1)),
                        new EncryptionRules(dns, true, Optional.empty()),
                        new SourcePools(Map.of(), clock),
                        client,
                        DeliveryFigures.NONE),
                new Paces(new PaceLimits(connections, OptionalDouble.empty()), Map.of(), System::nanoTime),
                ReturnPaths.AS_SUBMITTED,
                new DeliveryAudience(
                        new FailureNotices(settings.hostname(), submission, clock),
                        report -> observer.observed(report)),
                new DeliveryFigures() {
                    @Override
                    public void attempted(String way, String receiver, String result) {
                        figures.add(way + " " + receiver + " " + result);
                    }

                    @Override
                    public void carried(String encryption, boolean reused) {}
                },
                clock);
    }

    /** One attempt at one run of a mail, as the router makes it. */
    Outcome attempt(Mail mail, int run) throws IOException, InterruptedException {
        Effect effect = effect(mail, run);
        return handler.perform((DeliverAction) effect.rule().actions().getFirst(), effect);
    }

    Effect effect(Mail mail, int run) throws IOException {
        Plan.PlannedRun planned = mail.plan().runs().get(run);
        Rule rule = OutboundRules.ruleSet(routes).rule(planned.rule()).orElseThrow();
        return new Effect(
                new EffectKey(mail.id(), mail.plan().ruleSet(), rule.name(), 0),
                1,
                NOW,
                mail,
                planned,
                rule,
                spool.content(mail.id()),
                new NoRevisions());
    }

    private static final class NoRevisions implements Effect.Revisions {
        @Override
        public Draft draft() {
            throw new UnsupportedOperationException("delivery changes no mail");
        }

        @Override
        public void replaceWith(Draft draft) {
            throw new UnsupportedOperationException("delivery changes no mail");
        }
    }
}
