package io.waypost.smtp.checks.spam;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What Rspamd says about a mail.
 *
 * @param action what it advises, such as {@code add header}
 * @param score the sum of its symbols
 * @param required the score of a reject
 * @param skipped it did not look
 * @param symbols what it recognised, the weightiest first, at most {@value #MOST_SYMBOLS}
 */
record RspamdAnswer(String action, double score, double required, boolean skipped, List<Symbol> symbols) {

    static final int MOST_SYMBOLS = 50;

    private static final int LONGEST_NAME = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(4L << 20)
                    .maxNestingDepth(50)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    /** Something recognised, and its weight. */
    record Symbol(String name, double score) {}

    /** @throws IOException for anything that is no answer to a scan */
    static RspamdAnswer read(InputStream in) throws IOException {
        String action = "";
        double score = Double.NaN;
        double required = Double.NaN;
        boolean skipped = false;
        List<Symbol> symbols = new ArrayList<>();
        try (JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (field.equals("action") && value == JsonToken.VALUE_STRING) {
                    action = json.getText();
                } else if (field.equals("score") && value.isNumeric()) {
                    score = json.getDoubleValue();
                } else if (field.equals("required_score") && value.isNumeric()) {
                    required = json.getDoubleValue();
                } else if (field.equals("is_skipped") && value.isBoolean()) {
                    skipped = json.getBooleanValue();
                } else if (field.equals("symbols") && value == JsonToken.START_OBJECT) {
                    readSymbols(json, symbols);
                } else {
                    json.skipChildren();
                }
            }
        }
        if (action.isEmpty() || Double.isNaN(score) || Double.isInfinite(score)) {
            throw new IOException("no action or no score");
        }
        symbols.sort(Comparator.comparingDouble((Symbol symbol) -> -Math.abs(symbol.score())));
        return new RspamdAnswer(
                action,
                score,
                required,
                skipped,
                symbols.stream().limit(MOST_SYMBOLS).toList());
    }

    private static void readSymbols(JsonParser json, List<Symbol> symbols) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            double score = 0;
            if (json.nextToken() == JsonToken.START_OBJECT) {
                for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                    JsonToken value = json.nextToken();
                    if (field.equals("score") && value.isNumeric()) {
                        score = json.getDoubleValue();
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
            if (symbols.size() < 10 * MOST_SYMBOLS) {
                symbols.add(new Symbol(printable(name), score));
            }
        }
    }

    private static String printable(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return cut.replaceAll("[^!-~]", "?");
    }
}
