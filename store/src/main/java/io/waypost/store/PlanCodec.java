package io.waypost.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Plan;
import io.waypost.message.Plan.PlannedRun;
import io.waypost.message.RuleSetVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The plan's half of {@link MailCodec}. A run's recipient is its place in the envelope, or a text when it is not in there. */
final class PlanCodec {

    private PlanCodec() {}

    static void write(JsonGenerator json, Plan plan, Envelope envelope) throws IOException {
        List<EmailAddress> addresses = envelope.addresses();
        json.writeStartObject();
        json.writeStringField("ruleSet", plan.ruleSet().name());
        json.writeNumberField("version", plan.ruleSet().version());
        json.writeArrayFieldStart("runs");
        for (PlannedRun run : plan.runs()) {
            writeRun(json, run, addresses);
        }
        json.writeEndArray();
        if (!plan.misses().isEmpty()) {
            json.writeObjectFieldStart("misses");
            for (Map.Entry<String, String> miss : plan.misses().entrySet()) {
                json.writeStringField(miss.getKey(), miss.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeRun(JsonGenerator json, PlannedRun run, List<EmailAddress> addresses) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", run.rule());
        json.writeArrayFieldStart("to");
        for (EmailAddress recipient : run.recipients()) {
            int place = addresses.indexOf(recipient);
            if (place >= 0) {
                json.writeNumber(place);
            } else {
                json.writeString(recipient.toString());
            }
        }
        json.writeEndArray();
        if (run.waitsFor().isPresent()) {
            json.writeNumberField("waitsFor", run.waitsFor().getAsInt());
        }
        json.writeStringField("destination", run.destination());
        json.writeEndObject();
    }

    /** A plan whose recipients may still be places in the envelope. */
    record Parts(RuleSetVersion ruleSet, List<RunParts> runs, Map<String, String> misses) {
        Plan resolve(Envelope envelope) {
            List<PlannedRun> resolved = new ArrayList<>(runs.size());
            for (RunParts run : runs) {
                List<EmailAddress> recipients = new ArrayList<>(run.to.size());
                for (Object recipient : run.to) {
                    recipients.add(
                            recipient instanceof Integer place
                                    ? envelope.to().get(place).address()
                                    : EmailAddress.of((String) recipient));
                }
                resolved.add(new PlannedRun(run.rule, recipients, run.waitsFor, run.destination));
            }
            return new Plan(ruleSet, resolved, misses);
        }
    }

    private record RunParts(String rule, List<Object> to, OptionalInt waitsFor, String destination) {}

    static Parts read(JsonParser json) throws IOException {
        String ruleSet = "";
        int version = 0;
        List<RunParts> runs = new ArrayList<>();
        Map<String, String> misses = new HashMap<>();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "ruleSet" -> ruleSet = json.getText();
                case "version" -> version = json.getIntValue();
                case "runs" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        runs.add(readRun(json));
                    }
                }
                case "misses" -> {
                    for (String rule = json.nextFieldName(); rule != null; rule = json.nextFieldName()) {
                        misses.put(rule, json.nextTextValue());
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new Parts(new RuleSetVersion(ruleSet, version), runs, misses);
    }

    private static RunParts readRun(JsonParser json) throws IOException {
        String rule = "";
        List<Object> to = new ArrayList<>();
        OptionalInt waitsFor = OptionalInt.empty();
        String destination = "";
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "rule" -> rule = json.getText();
                case "to" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                            to.add(json.getIntValue());
                        } else {
                            to.add(json.getText());
                        }
                    }
                }
                case "waitsFor" -> waitsFor = OptionalInt.of(json.getIntValue());
                case "destination" -> destination = json.getText();
                default -> json.skipChildren();
            }
        }
        return new RunParts(rule, to, waitsFor, destination);
    }
}
