package io.waypost.api.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.waypost.message.Attempt;
import io.waypost.message.Client;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.MailLog.Accepted;
import io.waypost.message.port.MailLog.Attempted;
import io.waypost.message.port.MailLog.Died;
import io.waypost.message.port.MailLog.Event;
import io.waypost.message.port.MailLog.Refused;
import io.waypost.message.port.MailLog.Revived;
import io.waypost.message.port.MailLog.Settled;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes one event as one line of JSON. Everything outside printable ASCII is escaped, so that no text of a peer can break a line
 * or speak to a terminal; long texts and lists are cut at a limit that the line itself tells. Used by one thread.
 */
final class JournalLine {

    /** Characters of a text, and entries of a list, that are written. */
    static final int MOST_CHARACTERS = 1000;

    static final int MOST_ENTRIES = 100;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .characterEscapes(new DeleteToo())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private JournalLine() {}

    static void write(Event event, OutputStream out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            switch (event) {
                case Accepted it -> accepted(json, it);
                case Refused it -> refused(json, it);
                case Attempted it -> attempted(json, it.attempt());
                case Died it -> died(json, it);
                case Settled it -> {
                    head(json, it.at(), "settled");
                    json.writeStringField("id", it.id().value());
                }
                case Revived it -> {
                    head(json, it.at(), it.dropped() ? "dropped" : "replayed");
                    effect(json, it.effect());
                }
            }
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** The line that tells of records there was no room for. */
    static void writeGap(Instant at, long records, OutputStream out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            head(json, at, "gap");
            json.writeNumberField("records", records);
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    private static void accepted(JsonGenerator json, Accepted event) throws IOException {
        Mail mail = event.mail();
        head(json, mail.acceptedAt(), "accepted");
        json.writeStringField("id", mail.id().value());
        json.writeStringField("line", mail.line().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("size", mail.size());
        text(json, "from", mail.envelope().from().toString());
        texts(
                json,
                "to",
                mail.envelope().to().stream()
                        .limit(MOST_ENTRIES)
                        .map(recipient -> recipient.address().toString())
                        .toList());
        json.writeNumberField("recipients", mail.envelope().to().size());
        client(json, mail.envelope().client());
        verdicts(json, mail.verdicts());
        json.writeStringField("ruleSet", mail.plan().ruleSet().toString());
        texts(
                json,
                "rules",
                mail.plan().runs().stream()
                        .limit(MOST_ENTRIES)
                        .map(Plan.PlannedRun::rule)
                        .toList());
        json.writeNumberField("tookMillis", event.tookMillis());
    }

    private static void verdicts(JsonGenerator json, Verdicts verdicts) throws IOException {
        if (verdicts.equals(Verdicts.NONE)) {
            return;
        }
        json.writeObjectFieldStart("verdicts");
        for (Verdicts.Check check : Verdicts.Check.values()) {
            Verdict.Status status = verdicts.of(check).status();
            if (status != Verdict.Status.DISABLED) {
                json.writeStringField(check.name().toLowerCase(Locale.ROOT), status.name());
            }
        }
        if (verdicts.spam().score().isPresent()) {
            json.writeNumberField("spamScore", verdicts.spam().score().getAsDouble());
        }
        json.writeEndObject();
    }

    private static void refused(JsonGenerator json, Refused event) throws IOException {
        head(json, event.at(), "refused");
        text(json, "stage", event.stage());
        text(json, "reason", event.reason());
        json.writeNumberField("code", event.reply().code());
        json.writeStringField("status", event.reply().status().toString());
        text(json, "text", event.reply().text());
        if (event.from().isPresent()) {
            text(json, "from", event.from().get());
        }
        texts(json, "to", event.to());
        json.writeNumberField("recipients", event.to().size());
        client(json, event.client());
    }

    private static void attempted(JsonGenerator json, Attempt attempt) throws IOException {
        head(json, attempt.at(), "attempted");
        effect(json, attempt.effect());
        json.writeNumberField("attempt", attempt.number());
        text(json, "destination", attempt.destination());
        json.writeNumberField("tookMillis", attempt.took().toMillis());
        switch (attempt.outcome()) {
            case Outcome.Done done -> {
                json.writeStringField("result", "done");
                json.writeStringField(
                        "disposition",
                        done.disposition().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            case Outcome.Retry retry -> {
                json.writeStringField("result", "retry");
                if (retry.notBefore().isPresent()) {
                    json.writeNumberField(
                            "retryAfterSeconds", seconds(retry.notBefore().get()));
                }
            }
            case Outcome.Failed _ -> json.writeStringField("result", "failed");
        }
        text(json, "detail", attempt.outcome().detail());
    }

    private static void died(JsonGenerator json, Died event) throws IOException {
        head(json, event.at(), "died");
        effect(json, event.effect());
        text(json, "reason", event.reason());
    }

    private static void head(JsonGenerator json, Instant at, String event) throws IOException {
        json.writeStringField("at", at.toString());
        json.writeStringField("event", event);
    }

    private static void effect(JsonGenerator json, EffectKey effect) throws IOException {
        json.writeStringField("id", effect.message().value());
        text(json, "effect", effect.toString());
        text(json, "rule", effect.rule());
        json.writeNumberField("action", effect.action());
    }

    private static void client(JsonGenerator json, Client client) throws IOException {
        json.writeStringField("remoteIp", client.address().getHostAddress());
        json.writeNumberField("remotePort", client.port());
        text(json, "helo", client.helo());
        text(json, "protocol", client.protocol());
        if (client.tls().isPresent()) {
            text(json, "tls", client.tls().get().version());
            text(json, "cipher", client.tls().get().cipher());
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (int i = 0; i < texts.size() && i < MOST_ENTRIES; i++) {
            json.writeString(cut(texts.get(i)));
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, cut(text));
    }

    // A lone surrogate is no character; Jackson would refuse the whole line for it.
    private static String cut(String text) {
        String kept = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
        for (int i = 0; i < kept.length(); i++) {
            if (Character.isSurrogate(kept.charAt(i))) {
                return withoutLoneSurrogates(kept);
            }
        }
        return kept;
    }

    private static String withoutLoneSurrogates(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(c -> whole.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c));
        return whole.toString();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** JSON leaves DEL as it is; terminals do not. */
    private static final class DeleteToo extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final int DELETE = 0x7f;
        private final int[] escapes = standardAsciiEscapesForJSON();

        DeleteToo() {
            escapes[DELETE] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
