package io.waypost.api.tracking;

import io.waypost.api.tracking.TrackingFigures.End;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.TrackedLinks.Link;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of opens and clicks, behind the answer to whoever opened or clicked: a few at a time, and with an end to how many wait. These
 * are the only events that may be lost: nobody can be asked to click again. Whatever is not told is counted. All threads.
 */
public final class Sightings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);

    private static final int LONGEST_USER_AGENT = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Mails mails;
    private final MailEvents events;
    private final TrackingFigures figures;
    private final Limits limits;
    private final Clock clock;
    private final RandomGenerator random;
    private final Repeats repeats;
    private final ExecutorService tellers;

    /** Knows mails for as long as their history is kept. Safe for all threads; blocks. */
    @FunctionalInterface
    public interface Mails {

        Optional<Mail> find(MessageId id) throws IOException;
    }

    /**
     * What is done at most.
     *
     * @param tellers who tell at one time
     * @param waiting opens and clicks that wait to be told
     * @param ofMail uses of one mail's links in a minute
     * @param tries how often it is tried to tell one
     * @param pause before the second try; before each further one twice as long
     */
    public record Limits(int tellers, int waiting, int ofMail, int tries, Duration pause) {

        public static final Limits STANDARD = new Limits(8, 4_000, 120, 3, Duration.ofSeconds(1));
    }

    /**
     * @param random for the names of events; safe for many threads
     */
    public Sightings(
            Mails mails,
            MailEvents events,
            TrackingFigures figures,
            Limits limits,
            Clock clock,
            RandomGenerator random) {
        this.mails = mails;
        this.events = events;
        this.figures = figures;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.repeats = new Repeats(limits.ofMail());
        this.tellers = new ThreadPoolExecutor(
                limits.tellers(),
                limits.tellers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                Thread.ofVirtual().name("tracking-", 0).factory());
    }

    private record Sighting(String key, Link link, Instant at, String address, String userAgent) {}

    /** A link was used. Returns at once, and never fails. */
    void saw(Link link, String address, String userAgent) {
        Instant now = clock.instant();
        if (repeats.isTooMany(link.mail(), now)) {
            figures.ended(kind(link), End.LIMITED);
            return;
        }
        String key = kind(link) + "/" + new UUID(random.nextLong(), random.nextLong());
        String agent = userAgent.substring(0, Math.min(userAgent.length(), LONGEST_USER_AGENT));
        Sighting sighting = new Sighting(key, link, now, address, agent);
        try {
            tellers.execute(() -> figures.ended(kind(link), told(sighting)));
        } catch (RejectedExecutionException e) {
            figures.ended(kind(link), End.FULL);
        }
    }

    private static String kind(Link link) {
        return switch (link) {
            case Link.Open _ -> "open";
            case Link.Click _ -> "click";
        };
    }

    private End told(Sighting sighting) {
        Duration pause = limits.pause();
        for (int attempt = 1; ; attempt++) {
            try {
                return tell(sighting);
            } catch (IOException | RuntimeException e) {
                if (attempt == limits.tries() || !waited(pause)) {
                    LOG.warn(
                            "of mail {} an {} was not told: {}", sighting.link().mail(), sighting.key(), e.toString());
                    return End.FAILED;
                }
                pause = pause.multipliedBy(2);
            }
        }
    }

    private static boolean waited(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private End tell(Sighting sighting) throws IOException {
        Optional<Mail> mail =
                mails.find(sighting.link().mail()).filter(it -> it.sending().isPresent());
        if (mail.isEmpty()) {
            return End.FORGOTTEN;
        }
        events.tell(event(sighting, mail.get()));
        return End.TOLD;
    }

    private static MailEvent event(Sighting it, Mail mail) {
        return switch (it.link()) {
            case Link.Open _ -> new MailEvent.Opened(it.key(), mail, it.at(), it.address(), it.userAgent());
            case Link.Click click ->
                new MailEvent.Clicked(
                        it.key(), mail, it.at(), it.address(), it.userAgent(), click.target(), tags(click.tags()));
        };
    }

    private static Map<String, List<String>> tags(String text) {
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (String tag : text.split(";", -1)) {
            int colon = tag.indexOf(':');
            if (colon > 0) {
                tags.computeIfAbsent(tag.substring(0, colon), _ -> new ArrayList<>(1))
                        .add(tag.substring(colon + 1));
            }
        }
        return tags;
    }

    /** Takes no more, and gives those that wait a few seconds. */
    @Override
    public void close() {
        tellers.shutdown();
        try {
            if (!tellers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "{} opens and clicks were not told",
                        tellers.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
