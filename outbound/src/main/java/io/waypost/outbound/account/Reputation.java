package io.waypost.outbound.account;

import io.waypost.message.EmailAddress;
import io.waypost.message.Recipient;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.Simulator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what came back of the mail of each identity, and of each configuration set with reputation metrics on, for two weeks; and says in
 * the log, once a day for each, when a rate is where SES would review the account. Nothing is paused.
 *
 * <p>Mail to the simulator does not count, nor what was held back because of the suppression list. Counting never fails; the counts are
 * written once a minute, so that a process that is killed may lose a minute of them. Safe for all threads.
 */
public final class Reputation implements MailEvents, AutoCloseable {

    /** The kind of its settings, one for each that is counted. */
    public static final String KIND = "sending-reputation";

    private static final Logger LOG = LoggerFactory.getLogger(Reputation.class);

    /** Beyond, nobody new is counted until others have been silent for two weeks. */
    private static final int MOST = 20_000;

    private static final Duration SLICE = Duration.ofHours(6);
    private static final Duration KEPT = Duration.ofDays(14);
    private static final Duration WRITTEN_EVERY = Duration.ofMinutes(1);
    private static final Duration WARNED_EVERY = Duration.ofDays(1);
    private static final int SENT = 0;
    private static final int BOUNCES = 1;
    private static final int COMPLAINTS = 2;

    /** What is known of configuration sets. */
    @FunctionalInterface
    public interface Sets {

        /** Since when a set's mail counts (LastFreshStart); empty while its reputation metrics are off. */
        Optional<Instant> countedSince(Scope scope, String name);
    }

    private static final class Part {
        final Counts counts = counts();
        Instant warnedAt = Instant.EPOCH;
        boolean changed;
    }

    private final Settings settings;
    private final Sets sets;
    private final Clock clock;
    /** All below is guarded by this object. */
    private final Map<Key, Part> parts = new HashMap<>();

    private Instant writtenAt;

    /** @throws IOException when what was counted before cannot be read */
    public Reputation(Settings settings, Sets sets, Clock clock) throws IOException {
        this.settings = settings;
        this.sets = sets;
        this.clock = clock;
        this.writtenAt = clock.instant();
        for (Settings.Setting setting : settings.list(KIND)) {
            Part part = new Part();
            read(part.counts, setting);
            parts.put(setting.key(), part);
        }
    }

    private static Counts counts() {
        return new Counts(SLICE, KEPT, 3);
    }

    private static void read(Counts counts, Settings.Setting setting) throws IOException {
        try {
            counts.read(setting.text());
        } catch (IllegalArgumentException e) {
            throw new IOException("the counts of " + setting.key() + " cannot be read", e);
        }
    }

    /** The rates in one of the settings, for another process. */
    public static Rates rates(Settings.Setting setting, Instant now) throws IOException {
        Counts counts = counts();
        read(counts, setting);
        return rates(setting.key(), counts, now);
    }

    private static Rates rates(Key key, Counts counts, Instant now) {
        return new Rates(
                key.scope(), key.name(), counts.sum(SENT, now), counts.sum(BOUNCES, now), counts.sum(COMPLAINTS, now));
    }

    @Override
    public void tell(MailEvent event) {
        switch (event) {
            case MailEvent.Sent sent ->
                count(sent, SENT, sent.mail().envelope().to().stream().map(Recipient::address));
            case MailEvent.Bounced bounced
            when isForGood(bounced.kind()) ->
                count(bounced, BOUNCES, bounced.recipients().stream().map(MailEvent.BouncedRecipient::address));
            case MailEvent.Complained complained
            when !complained.suppressed()
                    && complained.feedbackType().filter("not-spam"::equals).isEmpty() ->
                count(complained, COMPLAINTS, complained.recipients().stream());
            default -> {}
        }
    }

    private static boolean isForGood(BounceKind kind) {
        return kind == BounceKind.PERMANENT_GENERAL || kind == BounceKind.PERMANENT_NO_EMAIL;
    }

    private void count(MailEvent event, int column, Stream<EmailAddress> recipients) {
        long number = recipients.filter(to -> !Simulator.has(to)).count();
        if (number == 0 || event.mail().sending().isEmpty()) {
            return;
        }
        Sending sending = event.mail().sending().get();
        Optional<String> set = sending.configurationSet();
        Optional<Instant> since = set.flatMap(name -> sets.countedSince(sending.scope(), name));
        Instant now = clock.instant();
        List<Change> due = List.of();
        synchronized (this) {
            identity(sending)
                    .ifPresent(name -> count(key(sending, "identity " + name), column, number, Instant.EPOCH, now));
            since.ifPresent(start -> count(key(sending, "set " + set.orElseThrow()), column, number, start, now));
            if (!now.isBefore(writtenAt.plus(WRITTEN_EVERY))) {
                due = changes(now);
            }
        }
        // Nobody else's mail waits for it.
        write(due, now);
    }

    private static Key key(Sending sending, String name) {
        return new Key(sending.scope(), KIND, name);
    }

    private static Optional<String> identity(Sending sending) {
        return sending.sourceArn().filter(arn -> arn.contains(":identity/")).map(arn -> arn.substring(
                        arn.indexOf(":identity/") + ":identity/".length())
                .toLowerCase(Locale.ROOT));
    }

    private void count(Key key, int column, long number, Instant since, Instant now) {
        if (!parts.containsKey(key) && parts.size() >= MOST) {
            return;
        }
        Part part = parts.computeIfAbsent(key, any -> new Part());
        if (since.isAfter(Instant.EPOCH)) {
            part.counts.forgetBefore(since);
        }
        part.counts.add(now, column, number);
        part.changed = true;
        if (column != SENT && !now.isBefore(part.warnedAt.plus(WARNED_EVERY))) {
            Rates rates = rates(key, part.counts, now);
            if (rates.isHigh()) {
                part.warnedAt = now;
                LOG.warn(
                        "{} of {}: {} of {} recipients bounced ({} %), {} complained ({} %) in two weeks",
                        key.name(),
                        key.scope(),
                        rates.bounces(),
                        rates.sent(),
                        String.format(Locale.ROOT, "%.2f", 100 * rates.bounceRate()),
                        rates.complaints(),
                        String.format(Locale.ROOT, "%.3f", 100 * rates.complaintRate()));
            }
        }
    }

    private List<Change> changes(Instant now) {
        // Also where writing fails: the next try is a minute away.
        writtenAt = now;
        List<Change> changes = new ArrayList<>();
        parts.forEach((key, part) -> {
            if (part.counts.isEmpty(now)) {
                changes.add(new Change.Remove(key));
            } else if (part.changed) {
                changes.add(new Change.Put(key, part.counts.text(now)));
            }
            part.changed = false;
        });
        parts.values().removeIf(part -> part.counts.isEmpty(now));
        return changes;
    }

    private void write(List<Change> changes, Instant now) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            settings.apply(changes, now);
        } catch (IOException e) {
            LOG.warn("the counts of bounces and complaints could not be written: {}", e.getMessage());
            synchronized (this) {
                changes.forEach(change -> {
                    Part part = parts.get(change.key());
                    if (part != null) {
                        part.changed = true;
                    }
                });
            }
        }
    }

    /** Writes what has not been written. */
    @Override
    public void close() {
        List<Change> due;
        synchronized (this) {
            due = changes(clock.instant());
        }
        write(due, clock.instant());
    }
}
