package io.waypost.server.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real S3 server (S3Proxy over a folder) that checks signatures, in a process of its own so that it can be taken away. */
public final class S3Server implements AutoCloseable {

    public static final String ACCESS_KEY = "test-access";
    public static final String SECRET_KEY = "test-secret";

    private final Path folder;
    private final Path properties;
    private final Path log;
    private final int port = Ports.free();
    private Process process;

    public S3Server(Path folder, String bucket) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.createDirectories(folder.resolve(bucket));
        this.properties = folder.resolveSibling("s3proxy.properties");
        this.log = folder.resolveSibling("s3proxy.log");
        Files.writeString(properties, """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(endpoint(), ACCESS_KEY, SECRET_KEY, folder));
        start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** An object's bytes as the server keeps them on disk; empty when there is none. */
    public byte[] object(String bucket, String key) throws IOException {
        Path file = folder.resolve(bucket).resolve(key);
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    /** Takes the server away, as an outage does; {@link #start} begins again on the same port with the same objects. */
    public void stop() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    public void start() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the S3 server ended at start:\n" + Files.readString(log));
                    }
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
