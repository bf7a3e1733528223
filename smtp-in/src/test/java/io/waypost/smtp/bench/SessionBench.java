package io.waypost.smtp.bench;

import com.sun.management.OperatingSystemMXBean;
import io.waypost.message.Domain;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.RunKey;
import io.waypost.message.port.Draft;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.listener.SmtpServer;
import io.waypost.smtp.testing.FakeRouting;
import io.waypost.smtp.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Mails a second and processor time a mail of the session before a spool that forgets everything. The load comes from a
 * program that is given as a command line: {@code SessionBench ROUNDS COMMAND...}, where {@code PORT} stands for the port.
 */
public final class SessionBench {

    private SessionBench() {}

    public static void main(String[] args) throws Exception {
        NullSpool spool = new NullSpool();
        FakeRouting routing = new FakeRouting() {
            @Override
            public void accepted(Spool.Committed committed) {}
        };
        SmtpSettings settings = new SmtpSettings(
                "mx.example.com",
                new Domain("example.com"),
                List.of(new ListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TlsMode.NONE, List.of())),
                Optional.empty(),
                Path.of("unused"),
                Limits.of(40L << 20, 100, 2000, 2000, Duration.ofMinutes(5), Duration.ofMinutes(10), 50));
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (SmtpServer server = SmtpServer.start(
                settings,
                spool,
                routing,
                MailLog.NONE,
                SessionObserver.NONE,
                TestServer.ASKING_NOTHING,
                Examiner.NONE,
                Clock.systemUTC(),
                new SecureRandom())) {
            String port = String.valueOf(server.addresses().getFirst().getPort());
            String[] command = Arrays.stream(args)
                    .skip(1)
                    .map(word -> word.replace("PORT", port))
                    .toArray(String[]::new);
            for (int round = 0; round < Integer.parseInt(args[0]); round++) {
                long mails = spool.mails.sum();
                long cpu = system.getProcessCpuTime();
                long began = System.nanoTime();
                Process load = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                load.waitFor();
                double seconds = (System.nanoTime() - began) / 1e9;
                mails = spool.mails.sum() - mails;
                System.out.printf(
                        "%d mails, %.0f a second, %.1f us of processor time a mail%n",
                        mails, mails / seconds, (system.getProcessCpuTime() - cpu) / 1e3 / mails);
            }
        }
    }

    private static final class NullSpool implements Spool {
        final LongAdder mails = new LongAdder();

        @Override
        public Draft draft(long expectedBytes) {
            return new NullDraft();
        }

        @Override
        public Committed commit(Acceptance acceptance, Draft draft) {
            mails.increment();
            return new Committed(
                    new Mail(
                            acceptance.id(),
                            acceptance.line(),
                            acceptance.at(),
                            acceptance.envelope(),
                            draft.size(),
                            acceptance.plan()),
                    List.of());
        }

        @Override
        public MessageContent content(MessageId id) throws IOException {
            throw new IOException("forgotten");
        }

        @Override
        public Optional<MessageContent> revision(RunKey run) {
            return Optional.empty();
        }
    }

    /** Keeps the first octets, for the header, and copies the others, as a real draft would. */
    private static final class NullDraft implements Draft {
        private final byte[] octets = new byte[16 * 1024];
        private long size;

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int at = (int) Math.min(size, octets.length);
            System.arraycopy(bytes, offset, octets, at, Math.min(length, octets.length - at));
            size += length;
        }

        @Override
        public void close() {}

        @Override
        public long size() {
            return size;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(octets, 0, (int) Math.min(size, octets.length));
        }
    }
}
