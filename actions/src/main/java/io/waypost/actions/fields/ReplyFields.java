package io.waypost.actions.fields;

import io.waypost.config.text.Fields;
import io.waypost.config.text.Units;
import io.waypost.message.Reply;
import io.waypost.message.StatusCode;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code code}, {@code status} and {@code message} of a refusal. What is not written comes from the first usual triple that
 * agrees with what is (the templates of SES' Bounce action).
 */
public final class ReplyFields {

    /** SES' usual triples. */
    public static final List<Reply> USUAL = List.of(
            Reply.of(550, "5.1.1", "Mailbox does not exist"),
            Reply.of(552, "5.2.2", "Mailbox full"),
            Reply.of(552, "5.3.4", "Message too large"),
            Reply.of(500, "5.6.1", "Message content rejected"),
            Reply.of(554, "5.0.0", "Unknown failure"),
            Reply.of(450, "4.0.0", "Temporary failure"));

    // RFC 5321 4.5.3.1.5: a reply line has 512 octets, codes and CRLF included.
    private static final int LONGEST_MESSAGE = 400;
    private static final int PERMANENT = 554;
    private static final int TRANSIENT = 450;

    private ReplyFields() {}

    /**
     * Reads the three fields.
     *
     * @param usual what completes them, the first being the default
     * @return nothing when there is a fault, which is then among the problems
     */
    public static Optional<Reply> read(Fields fields, List<Reply> usual) {
        int before = fields.problems().all().size();
        Optional<Integer> code = fields.value("code", text -> Units.number(text, 400, 599));
        Optional<StatusCode> status = fields.value("status", ReplyFields::status);
        Optional<String> message = fields.value("message", ReplyFields::message);
        if (code.isPresent()
                && status.isPresent()
                && code.get() / 100 != status.get().kind()) {
            fields.problems()
                    .add(
                            fields.placeOf("status"),
                            "code %d and status %s contradict each other; both must begin with the same digit"
                                    .formatted(code.get(), status.get()));
        }
        if (fields.problems().all().size() > before) {
            return Optional.empty();
        }
        Reply like = usual.stream()
                .filter(reply -> code.isEmpty() || reply.code() == code.get())
                .filter(reply -> status.isEmpty() || reply.status().equals(status.get()))
                .findFirst()
                .orElseGet(() -> general(code, status));
        return Optional.of(new Reply(like.code(), like.status(), message.orElse(like.text())));
    }

    private static Reply general(Optional<Integer> code, Optional<StatusCode> status) {
        int kind = code.map(c -> c / 100).or(() -> status.map(StatusCode::kind)).orElse(5);
        return new Reply(
                code.orElse(kind == 4 ? TRANSIENT : PERMANENT),
                status.orElse(new StatusCode(kind, 0, 0)),
                kind == 4 ? "Temporary failure" : "Unknown failure");
    }

    private static StatusCode status(String text) {
        StatusCode status = StatusCode.of(text);
        if (status.kind() == 2) {
            throw new IllegalArgumentException("'" + text + "' means success; a refusal begins with 4 or 5");
        }
        return status;
    }

    private static String message(String text) {
        if (text.isBlank() || text.length() > LONGEST_MESSAGE || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "must be one line of 1 to " + LONGEST_MESSAGE + " printable ASCII characters");
        }
        return text;
    }
}
