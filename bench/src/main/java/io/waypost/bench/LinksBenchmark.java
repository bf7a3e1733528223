package io.waypost.bench;

import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.RunKey;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.tracking.BodyLinks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What tracking costs a mail: its HTML read, its links signed, the message written again. Prints how it grows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinksBenchmark {

    private static final TrackedLinks TOKENS = new TrackedLinks(new byte[32]);
    private static final MessageId MAIL = MessageId.nextSent(Instant.EPOCH, new Random(1));

    @Param({"0", "20", "250"})
    int links;

    @Param({"7bit", "base64"})
    String encoding = "";

    private final BodyLinks tracking = new BodyLinks(URI.create("https://mail.example.com"), TOKENS, new Drafts());
    private final Optional<ConfigurationSet> tracked = set(true);
    private final Optional<ConfigurationSet> untracked = set(false);
    private MessageContent mail = MessageContent.of(new byte[0]);

    private static Optional<ConfigurationSet> set(boolean tracks) {
        return Optional.of(new ConfigurationSet(
                "main",
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                tracks,
                tracks,
                Optional.empty()));
    }

    /** A newsletter of 50 KB; addresses of 80 characters. */
    @Setup
    public void compose() throws IOException {
        StringBuilder html = new StringBuilder("<html><body>\r\n");
        for (int i = 0; i < links; i++) {
            html.append(
                    "<a style=\"color:#123\" href=\"https://shop.example.com/articles/%03d?utm_source=news&amp;utm_campaign=spring2026x\">More</a>\r\n"
                            .formatted(i));
        }
        while (html.length() < 50_000) {
            html.append(
                    "<tr><td style=\"padding:0\">Lorem ipsum dolor sit amet, consectetur adipiscing elit</td></tr>\r\n");
        }
        byte[] text = html.append("</body></html>\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        String body = encoding.equals("base64")
                ? Base64.getMimeEncoder().encodeToString(text)
                : new String(text, StandardCharsets.US_ASCII);
        mail = MessageContent.of(("From: a@example.com\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: "
                        + encoding + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        System.out.printf("%n%d links, %s: %,d octets become %,d%n", links, encoding, mail.size(), tracked());
    }

    @Benchmark
    public long tracked() throws IOException {
        try (BodyLinks.Linked linked = tracking.into(mail, MAIL, tracked, Optional.empty())) {
            return linked.content().size();
        }
    }

    @Benchmark
    public long untracked() throws IOException {
        try (BodyLinks.Linked linked = tracking.into(mail, MAIL, untracked, Optional.empty())) {
            return linked.content().size();
        }
    }

    /** Drafts in memory, and nothing else. */
    private static final class Drafts implements Spool {

        @Override
        public Draft draft(long expectedBytes) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) expectedBytes);
            return new Draft() {
                @Override
                public void write(byte[] octets, int offset, int length) {
                    bytes.write(octets, offset, length);
                }

                @Override
                public long size() {
                    return bytes.size();
                }

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(bytes.toByteArray());
                }

                @Override
                public void close() {
                    bytes.reset();
                }
            };
        }

        @Override
        public Committed commit(Acceptance acceptance, Draft draft) {
            throw new UnsupportedOperationException("nothing is accepted");
        }

        @Override
        public MessageContent content(MessageId id) {
            throw new UnsupportedOperationException("nothing is kept");
        }

        @Override
        public Optional<MessageContent> revision(RunKey run) {
            return Optional.empty();
        }
    }
}
