package io.waypost.store;

import io.waypost.message.Outcome;
import io.waypost.message.Run;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Spool.Committed;
import io.waypost.store.contract.Samples;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Prints accepts a second and CPU a mail. Arguments: folder, sessions, bytes a mail, seconds, "settle" to record each as done. */
final class StoreBenchmark {

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "bench");
        int sessions = Integer.parseInt(arguments[1]);
        int size = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        boolean settle = arguments.length > 4;
        long began = System.nanoTime();
        try (EmbeddedStore store =
                EmbeddedStore.open(StoreSettings.in(folder).withReserveBytes(0), Clock.systemUTC())) {
            System.out.printf("first open %d ms%n", (System.nanoTime() - began) / 1_000_000);
            round(store, sessions, size, seconds / 2, settle);
            round(store, sessions, size, seconds, settle);
        }
        began = System.nanoTime();
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.in(folder), Clock.systemUTC())) {
            System.out.printf(
                    "second open %d ms, %d unsettled%n",
                    (System.nanoTime() - began) / 1_000_000,
                    store.ledger().figures(Instant.now()).unsettled());
        }
    }

    private static void round(EmbeddedStore store, int sessions, int size, int seconds, boolean settle)
            throws InterruptedException {
        byte[] content = Samples.bytes(size, 1);
        AtomicLong mails = new AtomicLong();
        long cpu = cpu();
        long began = System.nanoTime();
        long end = began + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        Committed committed = Samples.accept(store.spool(), Instant.now(), content, "hook:a");
                        mails.incrementAndGet();
                        if (settle) {
                            Run run = committed.ready().getFirst();
                            store.ledger()
                                    .record(Ledger.Entry.of(
                                            Samples.attempt(run.mail().id(), 0, 1, Instant.now(), Outcome.done("200")),
                                            run.key(),
                                            new RunState.Done(RunState.How.COMPLETED)));
                        }
                    }
                } catch (IOException e) {
                    e.printStackTrace();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double took = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%d sessions, %d bytes%s: %.0f mails/s, %.3f ms CPU a mail%n",
                sessions, size, settle ? ", settled" : "", mails.get() / took, (cpu() - cpu) / 1e6 / mails.get());
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
