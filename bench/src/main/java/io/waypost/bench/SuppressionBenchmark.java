package io.waypost.bench;

import io.waypost.api.suppression.SuppressionStore;
import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdicts;
import io.waypost.outbound.OutboundRoutes;
import io.waypost.outbound.OutboundRules;
import io.waypost.outbound.port.Suppressed;
import io.waypost.store.EmbeddedStore;
import io.waypost.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the question before each delivery costs, whether its recipient is suppressed, with a short list and with a very long one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class SuppressionBenchmark {

    private static final io.waypost.message.Scope ACCOUNT = new io.waypost.message.Scope("111122223333", "us-east-1");
    private static final int WRITERS = 512;

    @Param({"1000", "1000000"})
    public int addresses;

    private Path folder = Path.of("");
    private EmbeddedStore store;
    private SuppressionStore list;

    @Setup(Level.Trial)
    public void fill() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "suppression");
        store = EmbeddedStore.open(StoreSettings.in(folder), Clock.systemUTC());
        list = new SuppressionStore(store.settings(), Clock.systemUTC());
        Mail mail = mail();
        Semaphore places = new Semaphore(WRITERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < addresses; i++) {
                EmailAddress address = address(i);
                places.acquire();
                threads.execute(() -> {
                    try {
                        list.add(ACCOUNT, address, Suppressed.BOUNCE, mail);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public Optional<Suppressed> listed() throws IOException {
        return list.find(ACCOUNT, address(ThreadLocalRandom.current().nextInt(addresses)));
    }

    @Benchmark
    public Optional<Suppressed> notListed() throws IOException {
        return list.find(ACCOUNT, address(-1 - ThreadLocalRandom.current().nextInt(addresses)));
    }

    private static EmailAddress address(int number) {
        return EmailAddress.of("user" + number + "@d" + Math.floorMod(number, 20_000) + ".example");
    }

    private static Mail mail() {
        EmailAddress to = EmailAddress.of("u@d.example");
        return new Mail(
                MessageId.nextSent(Clock.systemUTC().instant(), new java.security.SecureRandom()),
                Line.OUTBOUND,
                Clock.systemUTC().instant(),
                Envelope.of(ReversePath.of(to), List.of(to), Client.local("waypost.test")),
                1,
                OutboundRules.plan(List.of(to), new OutboundRoutes(Optional.empty(), Map.of()), false),
                Verdicts.NONE,
                Optional.empty());
    }
}
