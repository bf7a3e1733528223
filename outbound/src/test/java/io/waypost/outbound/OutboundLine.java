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
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.rules.Effect;
import io.waypost.rules.Rule;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The whole outbound line around a spool in memory; {@link #attempt} stands for the router. */
final class OutboundLine {

    static final Instant NOW = Instant.parse("2026-11-23T09:30:05Z");

    final MemorySpool spool = new MemorySpool();
    final List<Spool.Committed> offered = new ArrayList<>();
    final OutboundRoutes routes;
    final OutboundSubmission submission;
    final DeliverHandler handler;

    OutboundLine(Optional<HostAndPort> relay, Map<Domain, HostAndPort> routes) {
        this.routes = new OutboundRoutes(relay, routes);
        OutboundSettings settings = new OutboundSettings(
                "mx.example.com", this.routes, SmtpTimeouts.scaledTo(Duration.ofMinutes(2)), 10, 20);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        submission = new OutboundSubmission(settings, spool, offered::add, clock, new Random(1));
        handler = new DeliverHandler(
                settings,
                new SmtpClient(settings.hostname(), settings.timeouts(), new HostAddresses(Dns.none())),
                new FailureNotices(settings.hostname(), submission, clock));
    }

    /** One attempt at one run of a mail, as the router makes it. */
    Outcome attempt(Mail mail, int run) throws IOException {
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
