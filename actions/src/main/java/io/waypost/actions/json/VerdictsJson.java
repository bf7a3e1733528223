package io.waypost.actions.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The member {@code verdicts}: what each check found, and what it tells besides. A check that is off is DISABLED. */
final class VerdictsJson {

    private VerdictsJson() {}

    static void write(JsonGenerator json, Verdicts verdicts) throws IOException {
        json.writeObjectFieldStart("verdicts");
        begin(json, "spf", verdicts.spf());
        json.writeEndObject();
        begin(json, "dkim", verdicts.dkim().verdict());
        signatures(json, verdicts.dkim().signatures());
        json.writeEndObject();
        begin(json, "dmarc", verdicts.dmarc().verdict());
        if (verdicts.dmarc().policy().isPresent()) {
            json.writeStringField(
                    "policy", verdicts.dmarc().policy().get().name().toLowerCase(Locale.ROOT));
        }
        json.writeEndObject();
        begin(json, "arc", verdicts.arc());
        json.writeEndObject();
        begin(json, "spam", verdicts.spam().verdict());
        if (verdicts.spam().score().isPresent()) {
            json.writeNumberField("score", verdicts.spam().score().getAsDouble());
            texts(json, "symbols", verdicts.spam().symbols());
        }
        json.writeEndObject();
        begin(json, "virus", verdicts.virus());
        json.writeEndObject();
        json.writeObjectFieldStart("client");
        json.writeStringField("reverseName", verdicts.client().reverseName().orElse(null));
        texts(json, "listings", verdicts.client().listings());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json, String name, Verdict verdict) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("status", verdict.status().name());
        if (verdict.status() != Verdict.Status.DISABLED) {
            json.writeStringField("result", JsonText.wellFormed(verdict.result()));
            json.writeStringField("detail", JsonText.wellFormed(verdict.reason()));
        }
    }

    private static void signatures(JsonGenerator json, List<Verdicts.Signature> signatures) throws IOException {
        if (signatures.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("signatures");
        for (Verdicts.Signature signature : signatures) {
            json.writeStartObject();
            json.writeStringField("domain", JsonText.wellFormed(signature.domain()));
            json.writeStringField("selector", JsonText.wellFormed(signature.selector()));
            json.writeStringField("result", signature.result());
            json.writeStringField("detail", JsonText.wellFormed(signature.reason()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(JsonText.wellFormed(text));
        }
        json.writeEndArray();
    }
}
