package io.waypost.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.waypost.message.Envelope;
import io.waypost.message.Plan;
import io.waypost.message.Verdicts;
import io.waypost.message.sending.Sending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Envelope, plan, verdicts and sending as the row holds them: one JSON object, {@code {"v":1,"envelope":{..},"plan":{..}, ..}}. Unknown fields are
 * skipped, so that a row written by a newer minor version is readable; a higher {@code v} is refused.
 */
final class MailCodec {

    private static final int VERSION = 1;

    // Virtual threads come and go: Jackson's own pool by thread would allocate its buffers for each mail.
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(64))
            .build();

    private MailCodec() {}

    /** What {@link #decode} gives back. */
    record Body(Envelope envelope, Plan plan, Verdicts verdicts, Optional<Sending> sending) {}

    static byte[] encode(Envelope envelope, Plan plan, Verdicts verdicts, Optional<Sending> sending)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(640);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeFieldName("envelope");
            EnvelopeCodec.write(json, envelope);
            json.writeFieldName("plan");
            PlanCodec.write(json, plan, envelope);
            if (!verdicts.equals(Verdicts.NONE)) {
                json.writeFieldName("verdicts");
                VerdictsCodec.write(json, verdicts);
            }
            if (sending.isPresent()) {
                json.writeFieldName("sending");
                SendingCodec.write(json, sending.get());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static Body decode(byte[] bytes) throws IOException {
        Envelope envelope = null;
        PlanCodec.Parts plan = null;
        Verdicts verdicts = Verdicts.NONE;
        Optional<Sending> sending = Optional.empty();
        try (JsonParser json = JSON.createParser(bytes)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "v" -> require(json.getIntValue() == VERSION);
                    case "envelope" -> envelope = EnvelopeCodec.read(json);
                    case "plan" -> plan = PlanCodec.read(json);
                    case "verdicts" -> verdicts = VerdictsCodec.read(json);
                    case "sending" -> sending = Optional.of(SendingCodec.read(json));
                    default -> json.skipChildren();
                }
            }
        }
        if (envelope == null || plan == null) {
            throw new IOException("a stored mail has no envelope or no plan");
        }
        return new Body(envelope, plan.resolve(envelope), verdicts, sending);
    }

    private static void require(boolean known) throws IOException {
        if (!known) {
            throw new IOException("a stored mail is of a form that this version does not know");
        }
    }
}
