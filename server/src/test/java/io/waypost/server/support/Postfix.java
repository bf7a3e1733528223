package io.waypost.server.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Postfix of its own, from Debian's package: own queue, own configuration, one port on this machine. Relays mail for {@code
 * example.test} to a Waypost server, over STARTTLS or not at all, and discards everything else.
 */
public final class Postfix implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");
    private static final String MAIN = """
            compatibility_level = 3.6
            queue_directory = %1$s/queue
            data_directory = %1$s/data
            maillog_file = %1$s/log/mail.log
            maillog_file_prefixes = %1$s/log
            myhostname = postfix.test
            mydestination =
            local_recipient_maps =
            alias_maps =
            alias_database =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            smtpd_peername_lookup = no
            smtpd_discard_ehlo_keywords =
            smtpd_discard_ehlo_keyword_address_maps =
            smtputf8_enable = yes
            default_transport = discard:
            transport_maps = inline:{ { example.test = smtp:[127.0.0.1]:%2$d } }
            smtp_tls_security_level = encrypt
            smtp_host_lookup = native
            smtp_tls_loglevel = 1
            minimal_backoff_time = 1s
            queue_run_delay = 1s
            """;
    private static final String MASTER = """
            127.0.0.1:%1$d inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 1 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            tlsmgr unix - - n 1000? 1 tlsmgr
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """;

    private final Path folder;
    private final int port = Ports.free();

    /**
     * Starts it.
     *
     * @param waypostPort where mail for example.test goes
     */
    public Postfix(Path parent, int waypostPort) throws IOException, InterruptedException {
        this(parent, waypostPort, "");
    }

    /**
     * Starts it.
     *
     * @param waypostPort where mail for example.test goes
     * @param more lines of main.cf
     */
    public Postfix(Path parent, int waypostPort, String more) throws IOException, InterruptedException {
        assertThat(PROGRAM)
                .as("Postfix is missing: ./waypost test installs it, or install the Debian package postfix")
                .isExecutable();
        assertThat(System.getProperty("user.name"))
                .as("a private Postfix is started by root only: run the tests as root")
                .isEqualTo("root");
        folder = Files.createDirectories(parent.resolve("postfix"));
        // Postfix's own users look into it.
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of("conf", "queue", "data", "log")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.setOwner(
                folder.resolve("data"),
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        Files.writeString(folder.resolve("conf/main.cf"), MAIN.formatted(folder, waypostPort) + more);
        Files.writeString(folder.resolve("conf/master.cf"), MASTER.formatted(port));
        run("start");
        await().atMost(Duration.ofSeconds(20)).until(this::listens);
    }

    public int port() {
        return port;
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("log/mail.log"), StandardCharsets.UTF_8);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(PROGRAM.toString(), "-c", folder.resolve("conf").toString(), command));
        Path said = folder.resolve(command + ".txt");
        int exitCode = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("postfix %s ended with %d: %s%n%s"
                    .formatted(command, exitCode, Files.readString(said), logSoFar()));
        }
    }

    private String logSoFar() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            return files.findAny().isPresent() ? log() : "";
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("stop");
        await().atMost(Duration.ofSeconds(20)).until(() -> !listens());
    }
}
