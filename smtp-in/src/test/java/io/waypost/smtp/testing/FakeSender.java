package io.waypost.smtp.testing;

import io.waypost.message.MessageId;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sender;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes everything and remembers it, unless it is told to fail. */
public final class FakeSender implements Sender {

    /** What was handed over, and what its content was. */
    public record Sent(SendRequest request, MessageId id, String content) {}

    public final List<Sent> sent = new CopyOnWriteArrayList<>();
    public volatile @Nullable SendRefusedException refusal;
    public volatile @Nullable IOException failure;
    public volatile @Nullable RuntimeException fault;

    private final Random random = new Random(1);

    @Override
    public MessageId send(SendRequest request) throws SendRefusedException, IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (failure != null) {
            throw failure;
        }
        if (fault != null) {
            throw fault;
        }
        String content = read(request);
        if (!content.equals(read(request))) {
            throw new AssertionError("read twice, the content is another");
        }
        MessageId id = MessageId.nextSent(Instant.parse("2026-11-23T08:00:00Z"), random);
        sent.add(new Sent(request, id, content));
        return id;
    }

    private static String read(SendRequest request) throws IOException {
        try (InputStream in = request.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
