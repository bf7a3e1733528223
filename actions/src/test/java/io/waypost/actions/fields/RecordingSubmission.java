package io.waypost.actions.fields;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.message.port.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The submission port in memory: keeps what was submitted, knows repeats. */
public final class RecordingSubmission implements Submission {

    /** One accepted submission; the content as UTF-8. */
    public record Submitted(
            MessageId id, ReversePath from, List<EmailAddress> to, String content, Optional<String> repeatKey) {}

    public final List<Submitted> submitted = new ArrayList<>();
    private final Map<String, MessageId> known = new HashMap<>();
    public boolean full;

    @Override
    public MessageId submit(ReversePath from, List<EmailAddress> to, MessageContent content, Optional<String> repeatKey)
            throws IOException {
        if (full) {
            throw new StoreUnavailableException(true, "full");
        }
        Optional<MessageId> repeat = repeatKey.map(known::get);
        if (repeat.isPresent()) {
            return repeat.get();
        }
        MessageId id = new MessageId("%040d".formatted(submitted.size()));
        try (InputStream in = content.open()) {
            byte[] bytes = in.readAllBytes();
            if (bytes.length != content.size()) {
                throw new AssertionError("size says " + content.size() + ", there are " + bytes.length + " bytes");
            }
            submitted.add(new Submitted(id, from, to, new String(bytes, StandardCharsets.UTF_8), repeatKey));
        }
        repeatKey.ifPresent(key -> known.put(key, id));
        return id;
    }
}
