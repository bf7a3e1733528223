package io.waypost.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The verdicts' part of {@link MailCodec}. A check that nobody asked for is left out; what is absent reads as it is in
 * {@link Verdicts#NONE}. Times are microseconds.
 */
final class VerdictsCodec {

    private VerdictsCodec() {}

    static void write(JsonGenerator json, Verdicts verdicts) throws IOException {
        json.writeStartObject();
        verdict(json, "spf", verdicts.spf());
        verdict(json, "dkim", verdicts.dkim().verdict());
        signatures(json, verdicts.dkim().signatures());
        verdict(json, "dmarc", verdicts.dmarc().verdict());
        if (verdicts.dmarc().policy().isPresent()) {
            json.writeStringField("policy", verdicts.dmarc().policy().get().name());
        }
        verdict(json, "arc", verdicts.arc());
        verdict(json, "spam", verdicts.spam().verdict());
        if (verdicts.spam().score().isPresent()) {
            json.writeNumberField("score", verdicts.spam().score().getAsDouble());
        }
        texts(json, "symbols", verdicts.spam().symbols());
        verdict(json, "virus", verdicts.virus());
        if (verdicts.client().reverseName().isPresent()) {
            json.writeStringField("reverseName", verdicts.client().reverseName().get());
        }
        texts(json, "listings", verdicts.client().listings());
        json.writeEndObject();
    }

    private static void verdict(JsonGenerator json, String name, Verdict verdict) throws IOException {
        if (verdict.equals(Verdict.disabled())) {
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("is", verdict.status().name());
        json.writeStringField("result", verdict.result());
        if (!verdict.reason().isEmpty()) {
            json.writeStringField("reason", verdict.reason());
        }
        json.writeNumberField("us", verdict.took().toNanos() / 1000);
        json.writeEndObject();
    }

    private static void signatures(JsonGenerator json, List<Verdicts.Signature> signatures) throws IOException {
        if (signatures.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("signatures");
        for (Verdicts.Signature signature : signatures) {
            json.writeStartArray();
            json.writeString(signature.domain());
            json.writeString(signature.selector());
            json.writeString(signature.result());
            json.writeString(signature.reason());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static Verdicts read(JsonParser json) throws IOException {
        Verdict spf = Verdict.disabled();
        Verdict dkim = Verdict.disabled();
        List<Verdicts.Signature> signatures = List.of();
        Verdict dmarc = Verdict.disabled();
        Optional<Verdicts.Dmarc.Policy> policy = Optional.empty();
        Verdict arc = Verdict.disabled();
        Verdict spam = Verdict.disabled();
        OptionalDouble score = OptionalDouble.empty();
        List<String> symbols = List.of();
        Verdict virus = Verdict.disabled();
        Optional<String> reverseName = Optional.empty();
        List<String> listings = List.of();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "spf" -> spf = readVerdict(json);
                case "dkim" -> dkim = readVerdict(json);
                case "signatures" -> signatures = readSignatures(json);
                case "dmarc" -> dmarc = readVerdict(json);
                case "policy" -> policy = Optional.of(Verdicts.Dmarc.Policy.valueOf(json.getText()));
                case "arc" -> arc = readVerdict(json);
                case "spam" -> spam = readVerdict(json);
                case "score" -> score = OptionalDouble.of(json.getDoubleValue());
                case "symbols" -> symbols = readTexts(json);
                case "virus" -> virus = readVerdict(json);
                case "reverseName" -> reverseName = Optional.of(json.getText());
                case "listings" -> listings = readTexts(json);
                default -> json.skipChildren();
            }
        }
        return new Verdicts(
                spf,
                new Verdicts.Dkim(dkim, signatures),
                new Verdicts.Dmarc(dmarc, policy),
                arc,
                new Verdicts.Spam(spam, score, symbols),
                virus,
                new Verdicts.ClientFacts(reverseName, listings));
    }

    private static Verdict readVerdict(JsonParser json) throws IOException {
        Verdict.Status status = Verdict.Status.DISABLED;
        String result = "none";
        String reason = "";
        long micros = 0;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "is" -> status = Verdict.Status.valueOf(json.getText());
                case "result" -> result = json.getText();
                case "reason" -> reason = json.getText();
                case "us" -> micros = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new Verdict(status, result, reason, Duration.ofNanos(micros * 1000));
    }

    private static List<Verdicts.Signature> readSignatures(JsonParser json) throws IOException {
        List<Verdicts.Signature> signatures = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            List<String> parts = readTexts(json);
            if (parts.size() < 4) {
                throw new IOException("a stored signature has " + parts.size() + " parts");
            }
            signatures.add(new Verdicts.Signature(parts.get(0), parts.get(1), parts.get(2), parts.get(3)));
        }
        return signatures;
    }

    private static List<String> readTexts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(json.getText());
        }
        return texts;
    }
}
