package io.waypost.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.waypost.api.configuration.EventKind;
import io.waypost.api.event.EventFigures;
import io.waypost.api.tracking.TrackingFigures;
import io.waypost.message.Attempt;
import io.waypost.message.Outcome;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.MailLog;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Owns every meter and its name. As a {@link MailLog} it counts what it hears; the gauges ask whoever knows. Any thread; never
 * throws.
 */
public final class Meters implements MailLog, EventFigures, TrackingFigures {

    private static final Duration[] ACCEPT_BUCKETS =
            millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000);
    private static final Duration[] EFFECT_BUCKETS =
            millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000);

    /** A filter's or a block list's name, which the operator chose; names of lists may be long, addresses hold colons. */
    private static final Pattern RULE = Pattern.compile("(filter|dnsbl):[A-Za-z0-9_.:/-]{1,253}|");

    /** The name of a configuration set, or the type of an event. */
    private static final Pattern SET = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter refused;
    private final Counter deferred;
    private final Counter acceptedBytes;
    private final Counter settled;
    private final Counter died;
    private final Counter replayed;
    private final Counter dropped;
    private final Timer accept;
    private final Labelled<Counter> refusals;
    private final Labelled<Counter> blocked;
    private final Labelled<Counter> checks;
    private final Labelled<Timer> checkDurations;
    private final Labelled<Counter> effects;
    private final Labelled<Timer> durations;
    private final Labelled<Counter> requests;
    private final Labelled<Timer> requestDurations;
    private final Labelled<Counter> deliveries;
    private final Labelled<Counter> receivers;
    private final Labelled<Counter> connections;
    private final Labelled<Counter> mailEvents;
    private final Labelled<Counter> setEvents;
    private final Labelled<Counter> logins;
    private final Labelled<Counter> tracking;

    /** Registers the counters; the gauges come with the {@code watch} methods. */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = transactions("accepted");
        this.refused = transactions("refused");
        this.deferred = transactions("deferred");
        this.acceptedBytes = Counter.builder("waypost.accepted")
                .baseUnit("bytes")
                .description("Bytes of accepted mail")
                .register(registry);
        this.settled = counter("waypost.mails.settled", "Mails whose every effect has an outcome");
        this.died = counter("waypost.effects.died", "Effects that gave up");
        this.replayed = revived("replayed");
        this.dropped = revived("dropped");
        this.accept = Timer.builder("waypost.accept.duration")
                .description("From the end of the data to the durable commit")
                .serviceLevelObjectives(ACCEPT_BUCKETS)
                .register(registry);
        this.refusals = new Labelled<>((stage, reason) -> Counter.builder("waypost.smtp.refusals")
                .description("Refusals by command and reason")
                .tag("stage", stage)
                .tag("reason", reason)
                .register(registry));
        this.blocked = new Labelled<>(RULE, (rule, _) -> Counter.builder("waypost.clients.blocked")
                .description("Clients refused for their address, by filter or block list")
                .tag("rule", rule)
                .register(registry));
        this.checks = new Labelled<>((check, verdict) -> Counter.builder("waypost.checks")
                .description("Checks of mails by what they found")
                .tag("check", check)
                .tag("verdict", verdict)
                .register(registry));
        this.checkDurations = new Labelled<>((check, _) -> Timer.builder("waypost.check.duration")
                .description("How long a check of a mail was at work")
                .serviceLevelObjectives(EFFECT_BUCKETS)
                .tag("check", check)
                .register(registry));
        this.effects = new Labelled<>((action, result) -> Counter.builder("waypost.effects")
                .description("Attempts at effects by action and result")
                .tag("action", action)
                .tag("result", result)
                .register(registry));
        this.durations = new Labelled<>((action, _) -> Timer.builder("waypost.effect.duration")
                .description("One attempt at an effect")
                .serviceLevelObjectives(EFFECT_BUCKETS)
                .tag("action", action)
                .register(registry));
        this.requests = new Labelled<>((api, status) -> Counter.builder("waypost.api.requests")
                .description("Requests to the APIs by status")
                .tag("api", api)
                .tag("status", status)
                .register(registry));
        this.requestDurations = new Labelled<>((api, _) -> Timer.builder("waypost.api.request.duration")
                .description("From a whole request to its answer")
                .serviceLevelObjectives(EFFECT_BUCKETS)
                .tag("api", api)
                .register(registry));
        this.deliveries = new Labelled<>((way, result) -> Counter.builder("waypost.delivery.attempts")
                .description("Attempts to deliver a mail to a recipient, by way and result")
                .tag("way", way)
                .tag("result", result)
                .register(registry));
        this.receivers = new Labelled<>((receiver, result) -> Counter.builder("waypost.delivery.receivers")
                .description("Attempts to deliver a mail to a recipient, by whose host was tried and result")
                .tag("receiver", receiver)
                .tag("result", result)
                .register(registry));
        this.connections = new Labelled<>((encryption, reused) -> Counter.builder("waypost.delivery.connections")
                .description(
                        "Uses of connections to deliver a mail, by their protection and whether they had carried others")
                .tag("tls", encryption)
                .tag("reused", reused)
                .register(registry));
        this.mailEvents = new Labelled<>((type, _) -> Counter.builder("waypost.mail.events")
                .description("What became of sent mail")
                .tag("type", type)
                .register(registry));
        this.setEvents = new Labelled<>(SET, (set, type) -> Counter.builder("waypost.mail.set.events")
                .description("What became of sent mail, by configuration set")
                .tag("configuration_set", set)
                .tag("type", type)
                .register(registry));
        this.logins = new Labelled<>((result, _) -> Counter.builder("waypost.submission.logins")
                .description("Attempts to log in for submission by their end")
                .tag("result", result)
                .register(registry));
        this.tracking = new Labelled<>((kind, result) -> Counter.builder("waypost.tracking")
                .description("Opens and clicks of tracked mail by what became of them")
                .tag("kind", kind)
                .tag("result", result)
                .register(registry));
    }

    /** A mail was tried to be delivered to a recipient. */
    public void deliveryAttempted(String way, String receiver, String result) {
        deliveries.of(way, result).increment();
        receivers.of(receiver, result).increment();
    }

    /** A connection was used to deliver a mail. */
    public void connectionCarried(String encryption, boolean reused) {
        connections.of(encryption, String.valueOf(reused)).increment();
    }

    @Override
    public void count(EventKind kind, Optional<String> set) {
        String type = kind.name().toLowerCase(Locale.ROOT);
        mailEvents.of(type, "").increment();
        set.ifPresent(name -> setEvents.of(name, type).increment());
    }

    @Override
    public void ended(String kind, End end) {
        tracking.of(kind, end.word()).increment();
    }

    /** Somebody tried to log in for submission. */
    public void loginEnded(String result) {
        logins.of(result, "").increment();
    }

    /** A request to one of the APIs was answered. */
    public void apiAnswered(String api, int status, Duration took) {
        requests.of(api, Integer.toString(status)).increment();
        requestDurations.of(api, "").record(took);
    }

    /** Shows the ledger's figures, asked for once a second at most; no value where they cannot be read. */
    public void watchLedger(FiguresSource source) {
        CachedFigures figures = new CachedFigures(source, System::nanoTime);
        gauge(figures, "waypost.mails.unsettled", null, "Mails with an open effect", Ledger.Figures::unsettled);
        gauge(
                figures,
                "waypost.dead.letters",
                null,
                "Effects that gave up and wait for an operator",
                Ledger.Figures::dead);
        gauge(
                figures,
                "waypost.queue.oldest.age",
                "seconds",
                "Age of the oldest effect that is due",
                all -> all.oldestDue().toNanos() / 1e9);
        gauge(figures, "waypost.spool.free", "bytes", "Room left where content is kept", Ledger.Figures::freeBytes);
    }

    /** Shows how many SMTP connections are open. */
    public void watchConnections(IntSupplier open) {
        Gauge.builder("waypost.smtp.connections", open, IntSupplier::getAsInt)
                .description("Open SMTP connections")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many records the log of mails had no room for. */
    public void watchMailLog(LongSupplier dropped) {
        FunctionCounter.builder("waypost.maillog.dropped", dropped, LongSupplier::getAsLong)
                .description("Records the log of mails had no room for")
                .register(registry);
    }

    /** Shows the process: memory, threads, processor time, open files, time since start. */
    public void watchProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** A check of a mail was carried out. */
    public void checked(Verdicts.Check check, Verdict verdict) {
        String name = check.name().toLowerCase(Locale.ROOT);
        checks.of(name, verdict.status().name().toLowerCase(Locale.ROOT)).increment();
        checkDurations.of(name, "").record(verdict.took());
    }

    /**
     * A client was refused for its address.
     *
     * @param rule {@code filter:} or {@code dnsbl:} and a name
     */
    public void clientBlocked(String rule) {
        blocked.of(rule, "").increment();
    }

    @Override
    public void record(Event event) {
        switch (event) {
            case Accepted it -> {
                accepted.increment();
                acceptedBytes.increment((double) it.mail().size());
                accept.record(it.tookMillis(), TimeUnit.MILLISECONDS);
            }
            case Refused it -> refused(it);
            case Attempted it -> attempted(it.attempt());
            case Died _ -> died.increment();
            case Settled _ -> settled.increment();
            case Revived it -> (it.dropped() ? dropped : replayed).increment();
        }
    }

    private void refused(Refused event) {
        refusals.of(event.stage().toLowerCase(Locale.ROOT), kind(event.reason()))
                .increment();
        // A refused recipient or sender does not end the transaction; refused data does.
        if (event.stage().equals("DATA") || event.stage().equals("BDAT")) {
            (event.reply().isPermanent() ? refused : deferred).increment();
        }
    }

    /** Of {@code kind:name} the kind: names are the operator's, and there can be many. */
    private static String kind(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    private void attempted(Attempt attempt) {
        String destination = attempt.destination();
        String action = destination.isEmpty() ? "local" : kind(destination);
        String result =
                switch (attempt.outcome()) {
                    case Outcome.Done _ -> "done";
                    case Outcome.Retry _ -> "retry";
                    case Outcome.Failed _ -> "failed";
                };
        effects.of(action, result).increment();
        durations.of(action, "").record(attempt.took());
    }

    private Counter transactions(String result) {
        return Counter.builder("waypost.smtp.transactions")
                .description("Mail transactions by their end")
                .tag("result", result)
                .register(registry);
    }

    private Counter revived(String how) {
        return Counter.builder("waypost.effects.revived")
                .description("Dead effects that an operator replayed or dropped")
                .tag("how", how)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(
            CachedFigures figures,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<Ledger.Figures> value) {
        Gauge.builder(name, figures, held -> held.figures()
                        .map(value::applyAsDouble)
                        .orElse(Double.NaN))
                .baseUnit(unit)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private static Duration[] millis(long... millis) {
        Duration[] durations = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            durations[i] = Duration.ofMillis(millis[i]);
        }
        return durations;
    }
}
