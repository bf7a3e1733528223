package io.waypost.outbound.account;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.port.SendStatistics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what it is told of, by quarters of an hour, for two weeks (contract 1.1, GetSendStatistics). Counting never fails and is not
 * durable at once: an event that is told again after a crash may count twice, and the last ten seconds may be lost.
 */
public final class CountedStatistics implements MailEvents, SendStatistics, AutoCloseable {

    /** The kind of its settings. */
    public static final String KIND = "sending-statistics";

    private static final Duration SLICE = Duration.ofMinutes(15);
    private static final Duration KEPT = Duration.ofDays(14);
    private static final int ATTEMPTS = 0;
    private static final int BOUNCES = 1;
    private static final int COMPLAINTS = 2;
    private static final int REJECTS = 3;

    private final KeptCounts kept;

    /** @throws IOException when what was counted before cannot be read */
    public CountedStatistics(Settings settings, Clock clock) throws IOException {
        this.kept = new KeptCounts(settings, KIND, clock, () -> new Counts(SLICE, KEPT, 4));
    }

    @Override
    public void tell(MailEvent event) {
        switch (event) {
            case MailEvent.Sent sent ->
                count(sent, ATTEMPTS, sent.mail().envelope().to().size());
            case MailEvent.Bounced bounced
            when bounced.kind().type().equals("Permanent") ->
                count(bounced, BOUNCES, bounced.recipients().size());
            case MailEvent.Complained complained ->
                count(complained, COMPLAINTS, complained.recipients().size());
            case MailEvent.Rejected rejected -> count(rejected, REJECTS, 1);
            default -> {}
        }
    }

    private void count(MailEvent event, int column, long number) {
        event.mail()
                .sending()
                .map(Sending::scope)
                .ifPresent(scope -> kept.<RuntimeException>change(scope, (counts, now) -> {
                    counts.add(event.at(), column, number);
                    return null;
                }));
    }

    @Override
    public List<Point> points(Scope scope) {
        return kept.look(scope, (counts, now) -> {
            List<Point> points = new ArrayList<>();
            counts.slices(now)
                    .forEach((begin, numbers) -> points.add(new Point(
                            begin, numbers[ATTEMPTS], numbers[BOUNCES], numbers[COMPLAINTS], numbers[REJECTS])));
            return points;
        });
    }

    /** Writes what was counted. */
    @Override
    public void close() {
        kept.close();
    }
}
