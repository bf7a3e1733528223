package io.waypost.smtp.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A program from Debian's packages that a test starts for itself, in a folder of its own, and can stop, hang and kill. */
public abstract class Daemon implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    protected final Path folder;
    private Process process;

    protected Daemon(String name) throws IOException {
        folder = Files.createTempDirectory("waypost-" + name);
    }

    /** Below 32768: above it the kernel hands ports to outgoing connections, and a server could lose its own. */
    public static int freePort() {
        for (int i = 0; i < 1_000; i++) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: try another.
            }
        }
        throw new IllegalStateException("no free port below 32768");
    }

    protected abstract List<String> command();

    protected abstract Callable<Boolean> readiness();

    /** Starts it and waits until it answers. */
    public void start() throws IOException {
        process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("ended: " + Files.readString(folder.resolve("output")));
            }
            return readiness().call();
        });
    }

    /** Ends it between two instructions, with its children. */
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** It keeps its connections and says nothing any more. */
    public void hang() throws Exception {
        signal("STOP");
    }

    public void goOn() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        for (ProcessHandle one : Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()) {
            new ProcessBuilder("kill", "-" + name, String.valueOf(one.pid()))
                    .start()
                    .waitFor();
        }
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            goOn();
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
