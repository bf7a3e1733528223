package io.waypost.outbound;

import io.waypost.message.Mail;
import io.waypost.message.Outcome;
import io.waypost.message.StatusCode;
import io.waypost.message.dsn.FailedRecipient;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.outbound.port.DeliveryObserver;
import io.waypost.outbound.port.DeliveryReport;
import io.waypost.outbound.port.DeliveryReport.Server;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever waits for it what became of a mail: the application by a report, everybody else by a notice of failure. What is told is
 * durable before the outcome is recorded; a crash between the two tries the delivery again and finds it told.
 */
final class DeliveryStory {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryStory.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** A fault of the program comes again: one event is less than a mail that is sent with each attempt, or a line that stands still. */
    private static final int MOST_FAULTS = 3;

    private final FailureNotices notices;
    private final ExpiryNotice expiryNotice;
    private final DeliveryObserver observer;
    private final Clock clock;

    DeliveryStory(FailureNotices notices, DeliveryObserver observer, Clock clock) {
        this.notices = notices;
        this.expiryNotice = new ExpiryNotice(notices);
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * The receiving server has it: whatever hinders the telling, it must not be sent again for that. Returns when it is told, or when a
     * fault keeps it from being told.
     *
     * @throws InterruptedException at shutdown: it is sent again after the next start
     */
    Outcome delivered(Effect effect, String reply, Server server, String detail) throws InterruptedException {
        boolean complained = false;
        int faults = 0;
        while (true) {
            try {
                report(effect, effect.key().toString(), new DeliveryReport.Delivered(reply, server));
                return Outcome.done(detail);
            } catch (IOException e) {
                if (!complained) {
                    LOG.error(
                            "{} is delivered and cannot be told yet, trying until it can: {}",
                            effect.key(),
                            e.toString());
                    complained = true;
                }
            } catch (RuntimeException e) {
                faults++;
                if (faults == MOST_FAULTS) {
                    LOG.error("{} is delivered, and nobody is told for a fault", effect.key(), e);
                    return Outcome.done(detail + "; not told: " + e);
                }
            }
            // A store that works again tells nobody: there is no condition to wait for but time.
            Thread.sleep(PAUSE);
        }
    }

    /** Reports that it is tried again. */
    void deferred(Effect effect, DeliveryReport.Deferred deferred) throws IOException {
        report(effect, effect.key() + "/" + effect.attempt(), deferred);
    }

    /**
     * A permanent failure that somebody was told of, or did not want to be told of, is Done: it was dealt with. With a null reverse-path
     * nobody can be told, so the effect is dead, its bytes kept for the operator to see.
     */
    Outcome refused(Effect effect, DeliveryReport.Refused refused, String detail) throws IOException {
        String begin = refused.status() + " bounced: ";
        if (isOfAnApplication(effect.mail())) {
            report(effect, effect.key().toString(), refused);
            return Outcome.done(begin + detail);
        }
        FailedRecipient failed = new FailedRecipient(
                FailedRecipient.recipient(
                        effect.mail(), effect.run().recipients().getFirst()),
                refused.status(),
                refused.reason() + refused.reply().map(reply -> ": " + reply).orElse(""),
                refused.server().filter(s -> refused.reply().isPresent()).map(Server::host),
                refused.reply());
        FailureNotices.Result told = notices.send(
                effect.mail(),
                effect.content(),
                List.of(failed),
                Optional.empty(),
                effect.key().toString());
        String whole = begin + detail + "; " + told;
        return told instanceof FailureNotices.Result.NullReversePath ? Outcome.failed(whole) : Outcome.done(whole);
    }

    /** Its time is over; nothing when nobody can be told. */
    Optional<Outcome> expired(Effect effect, String reason) throws IOException {
        StatusCode status = ExpiryNotice.EXPIRED;
        if (isOfAnApplication(effect.mail())) {
            report(effect, effect.key().toString(), new DeliveryReport.Expired(reason));
            return Optional.of(Outcome.done(status + " bounced: " + reason));
        }
        FailureNotices.Result told = expiryNotice.send(
                effect.mail(),
                effect.run(),
                effect.content(),
                reason,
                effect.key().toString());
        return told instanceof FailureNotices.Result.NullReversePath
                ? Optional.empty()
                : Optional.of(Outcome.done(status + " bounced: " + reason + "; " + told));
    }

    private void report(Effect effect, String key, DeliveryReport.Result result) throws IOException {
        if (isOfAnApplication(effect.mail())) {
            observer.observed(new DeliveryReport(
                    key,
                    effect.mail(),
                    OutboundRules.run(effect.run()),
                    effect.run().recipients().getFirst(),
                    effect.attempt(),
                    clock.instant(),
                    result));
        }
    }

    private static boolean isOfAnApplication(Mail mail) {
        return mail.sending().isPresent();
    }
}
