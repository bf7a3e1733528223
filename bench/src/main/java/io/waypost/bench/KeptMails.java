package io.waypost.bench;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.sending.Sending;
import io.waypost.store.EmbeddedStore;
import io.waypost.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What many tracked mails cost that are settled and remembered for their links: room, the hourly forgetting, a start, and finding one.
 * {@code KeptMails FOLDER MAILS}.
 */
public final class KeptMails {

    private static final SecureRandom RANDOM = new SecureRandom();

    private KeptMails() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int mails = Integer.parseInt(arguments[1]);
        AtomicReference<MessageId> one = new AtomicReference<>();
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.in(folder), Clock.systemUTC())) {
            fill(store.spool(), mails, one);
        }
        System.out.printf("%d octets of rows a mail%n", Files.size(folder.resolve("store.db")) / mails);
        long opening = System.nanoTime();
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.in(folder), Clock.systemUTC())) {
            took("start", opening);
            Instant later = Instant.now().plus(Duration.ofDays(1));
            for (String name : List.of("first forgetting after the start", "second forgetting")) {
                long begun = System.nanoTime();
                int forgotten = store.ledger().forgetSettledBefore(later, Instant.EPOCH);
                took(name + " of " + forgotten, begun);
            }
            for (int i = 0; i < 3; i++) {
                long begun = System.nanoTime();
                var unused = store.ledger().story(one.get()).orElseThrow();
                took("finding one", begun);
            }
        }
    }

    private static void took(String what, long begun) {
        System.out.printf("%s: %.3f ms%n", what, (System.nanoTime() - begun) / 1e6);
    }

    private static void fill(Spool spool, int mails, AtomicReference<MessageId> one) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 200; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < mails / 200; i++) {
                        one.set(accept(spool));
                    }
                });
            }
        }
    }

    // Nothing is owed to it: it is settled with its acceptance.
    private static MessageId accept(Spool spool) {
        Instant now = Instant.now();
        MessageId id = MessageId.nextSent(now, RANDOM);
        try (Draft draft = spool.draft(1)) {
            draft.write(new byte[] {'x'}, 0, 1);
            spool.commit(
                    new Spool.Acceptance(
                            id,
                            Line.OUTBOUND,
                            now,
                            Envelope.of(
                                    ReversePath.of(EmailAddress.of("news@shop.example.com")),
                                    List.of(EmailAddress.of("a.reader.of.news@customer.example.net")),
                                    Client.local("mx.example.com")),
                            new byte[0],
                            new Plan(new RuleSetVersion("outbound", 0), List.of(), Map.of()),
                            Verdicts.NONE,
                            Optional.of(sending()),
                            Optional.empty()),
                    draft);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sending sending() {
        return new Sending(
                new Scope("123456789012", "us-east-1"),
                "News <news@shop.example.com>",
                Optional.of("arn:aws:ses:us-east-1:123456789012:identity/shop.example.com"),
                "AKIAWAYPOSTTEST00001",
                Optional.of("198.51.100.7"),
                "SendEmail",
                Optional.of("main"),
                Map.of("campaign", "spring"),
                Optional.of(EmailAddress.of("news@shop.example.com")),
                new Domain("mx.example.com"),
                Sending.Conditions.NONE,
                List.of(
                        new Sending.Field("From", "News <news@shop.example.com>"),
                        new Sending.Field("To", "a.reader.of.news@customer.example.net"),
                        new Sending.Field("Subject", "What is new this spring"),
                        new Sending.Field("MIME-Version", "1.0"),
                        new Sending.Field(
                                "Content-Type", "multipart/alternative; boundary=\"a-boundary-of-some-length\"")),
                false,
                Optional.empty(),
                true);
    }
}
