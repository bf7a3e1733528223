package io.waypost.bench;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.ReversePath;
import io.waypost.message.Run;
import io.waypost.outbound.OutboundRoutes;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.OutboundSubmission;
import io.waypost.store.EmbeddedStore;
import io.waypost.store.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Fills a store with mail that waits for delivery, as a server leaves it behind that accepted all of it and delivered none.
 *
 * <p>Arguments: folder, mails, recipients of each, number of domains that take mail ({@code d0.test} and so on), number of those that
 * do not ({@code x0.test} and so on). Half of the recipients are in each kind.
 */
public final class QueueFill {

    private static final int SUBMITTERS = 256;
    private static final int SIZE = 2048;

    private QueueFill() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        int mails = Integer.parseInt(arguments[1]);
        int recipients = Integer.parseInt(arguments[2]);
        int taking = Integer.parseInt(arguments[3]);
        int dead = Integer.parseInt(arguments[4]);
        Semaphore places = new Semaphore(SUBMITTERS);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.in(Path.of(arguments[0])), Clock.systemUTC());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            OutboundSubmission submission = new OutboundSubmission(
                    OutboundSettings.of("waypost.test", new OutboundRoutes(Optional.empty(), Map.of())),
                    store.spool(),
                    committed -> store.ledger()
                            .giveBack(committed.ready().stream().map(Run::key).toList()),
                    Clock.systemUTC(),
                    new java.security.SecureRandom());
            MessageContent content = MessageContent.of(OutboundDrain.message(SIZE));
            for (int mail = 0; mail < mails && failure.get() == null; mail++) {
                Envelope envelope = envelope(mail * recipients, recipients, taking, dead);
                places.acquire();
                threads.execute(() -> {
                    try {
                        submission.submit(envelope, content, Optional.empty());
                    } catch (Exception e) {
                        failure.set(e);
                    } finally {
                        places.release();
                    }
                });
            }
            places.acquire(SUBMITTERS);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static Envelope envelope(int first, int recipients, int taking, int dead) {
        List<EmailAddress> to = IntStream.range(first, first + recipients)
                .mapToObj(i -> "u" + i + (i % 2 == 0 ? "@d" + i / 2 % taking : "@x" + i / 2 % dead) + ".test")
                .map(EmailAddress::of)
                .toList();
        return Envelope.of(ReversePath.of(EmailAddress.of("a@waypost.test")), to, Client.local("waypost.test"));
    }
}
