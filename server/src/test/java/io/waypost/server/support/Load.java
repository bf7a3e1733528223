package io.waypost.server.support;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Several sessions that send mails until told to stop, and remember each mail that got its 250. */
public final class Load implements AutoCloseable {

    private final Map<String, Sent> promised = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Thread> sessions = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * @param sessions how many send at once
     * @param pause between two mails of a session
     */
    public static Load start(int port, int sessions, Duration pause, long seed) {
        Load load = new Load();
        for (int i = 0; i < sessions; i++) {
            Random random = new Random(seed * 1_000 + i);
            load.sessions.add(Thread.ofVirtual().start(() -> load.send(port, pause, random)));
        }
        return load;
    }

    private void send(int port, Duration pause, Random random) {
        while (!stopping) {
            try (Sender sender = new Sender(port)) {
                while (!stopping) {
                    byte[] message = Sent.message("load", size(random), random);
                    String reply = sender.send("alice@sender.test", "inbox@example.test", message);
                    if (reply.startsWith("250 ")) {
                        promised.put(Sender.idOf(reply), Sent.of(message));
                    } else {
                        refused.incrementAndGet();
                    }
                    // The pace of the load, no wait for anything.
                    Thread.sleep(pause);
                }
            } catch (IOException e) {
                // The server died under this session: nothing was promised for the mail on its way.
                if (!pauseBeforeDialling()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    // Mostly small, some large, a few beyond what is kept in memory.
    private static int size(Random random) {
        int dice = random.nextInt(100);
        return dice < 3 ? 1_500_000 : dice < 20 ? 150_000 : 500 + random.nextInt(12_000);
    }

    private boolean pauseBeforeDialling() {
        try {
            // So that a server that is down is not dialled without end.
            Thread.sleep(20);
            return !stopping;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Every mail that got a 250, by the id in the reply. */
    public Map<String, Sent> promised() {
        return promised;
    }

    public int refused() {
        return refused.get();
    }

    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread session : sessions) {
            session.join(Duration.ofSeconds(40));
        }
    }

    @Override
    public void close() {
        stopping = true;
        sessions.forEach(Thread::interrupt);
    }
}
