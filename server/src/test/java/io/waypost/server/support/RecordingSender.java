package io.waypost.server.support;

import io.waypost.message.MessageId;
import io.waypost.message.sending.SendRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what applications submit, and remembers it. */
public final class RecordingSender implements io.waypost.message.sending.Sender {

    /** What was handed over, and what its content was. */
    public record Handed(SendRequest request, String content) {}

    public final List<Handed> handed = new CopyOnWriteArrayList<>();
    private final SecureRandom random = new SecureRandom();

    @Override
    public MessageId send(SendRequest request) throws IOException {
        try (InputStream in = request.content().open()) {
            handed.add(new Handed(request, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        return MessageId.nextSent(Instant.now(), random);
    }
}
