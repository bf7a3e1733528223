package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.Sender;
import io.waypost.server.support.ServerProcess;
import io.waypost.server.support.Setup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many mails of 40 MB at once through a server with half a gigabyte of heap: all are accepted, and each object is what was sent.
 * {@code -Dwaypost.largeMails=N} says how many.
 */
class LargeMailTest {

    private static final int MAILS = Integer.getInteger("waypost.largeMails", 100);
    private static final int SIZE = 40_000_000;
    private static final byte[] LINE = ("0123456789abcdef".repeat(4) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private record Promise(String id, String sha256, long size) {}

    @Test
    void manyLargeMailsAtOnceFitASmallHeap() throws Exception {
        long needed = 3L * MAILS * SIZE;
        assertThat(Files.getFileStore(folder).getUsableSpace())
                .as("%d mails of %d MB are written twice: free bytes in %s", MAILS, SIZE / 1_000_000, folder)
                .isGreaterThan(needed);
        Setup setup = new Setup(folder);
        setup.smtp("""
                smtp:
                  listeners: [ { address: "127.0.0.1:%d", tls: none } ]
                  limits: { messageSize: 45MB, perAddress: 200 }
                """.formatted(setup.smtpPort()))
                .rules("name: main\nactive: true\nrules: [ { name: keep, actions: [ { s3: { bucket: mail } } ] } ]\n")
                .write();
        try (ServerProcess server = setup.start("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=4");
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            CyclicBarrier together = new CyclicBarrier(MAILS);
            List<Future<Promise>> sent = new ArrayList<>();
            for (int mail = 0; mail < MAILS; mail++) {
                int number = mail;
                sent.add(clients.submit(() -> send(setup.smtpPort(), number, together)));
            }
            List<Promise> promises = new ArrayList<>();
            for (Future<Promise> mail : sent) {
                promises.add(mail.get(5, TimeUnit.MINUTES));
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> !server.isAlive() || InProcess.figures(setup).unsettled() == 0);
            assertThat(server.isAlive()).as(server.output()).isTrue();
            for (Promise promise : promises) {
                Path object = setup.data().resolve("objects/mail").resolve(promise.id());
                assertThat(sha256OfEnd(object, promise.size())).as(promise.id()).isEqualTo(promise.sha256());
                Files.delete(object);
            }
            assertThat(server.output()).doesNotContain("OutOfMemory", " ERROR ");
            assertThat(server.stop()).isZero();
        }
    }

    private static Promise send(int port, int number, CyclicBarrier together) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Sender sender = new Sender(port)) {
            sender.command("MAIL FROM:<alice@sender.test> SIZE=" + SIZE);
            sender.command("RCPT TO:<box@example.test>");
            assertThat(sender.command("DATA")).startsWith("354");
            together.await(60, TimeUnit.SECONDS); // every mail is open before the first byte of any
            OutputStream out = new DigestOutputStream(
                    new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            write(new byte[] {(byte) b}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            sender.write(bytes, offset, length);
                        }
                    },
                    digest);
            byte[] head = "Subject: number %d\r\n\r\n".formatted(number).getBytes(StandardCharsets.US_ASCII);
            byte[] block = block(number);
            out.write(head);
            long size = head.length;
            while (size + block.length <= SIZE) {
                out.write(block);
                size += block.length;
            }
            sender.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
            String reply = sender.reply(Duration.ofMinutes(4));
            assertThat(reply).startsWith("250 2.0.0 ");
            return new Promise(Sender.idOf(reply), HexFormat.of().formatHex(digest.digest()), size);
        }
    }

    /** Lines that differ from mail to mail. */
    private static byte[] block(int number) {
        byte[] block = new byte[LINE.length * 1_000];
        for (int line = 0; line < 1_000; line++) {
            System.arraycopy(LINE, 0, block, line * LINE.length, LINE.length);
            byte[] mark = "%05d-%05d ".formatted(number, line).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(mark, 0, block, line * LINE.length, mark.length);
        }
        return block;
    }

    private static String sha256OfEnd(Path object, long size) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(object)) {
            long above = Files.size(object) - size;
            assertThat(above).as("bytes above the mail").isBetween(100L, 1_000L);
            String top = new String(in.readNBytes((int) above), StandardCharsets.US_ASCII);
            assertThat(top).startsWith("Return-Path: ").endsWith("\r\n").doesNotContain("\r\n\r\n");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
