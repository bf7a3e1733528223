package io.waypost.api.receiving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.waypost.api.receiving.ReceiptAction.AddHeaderAction;
import io.waypost.api.receiving.ReceiptAction.BounceAction;
import io.waypost.api.receiving.ReceiptAction.LambdaAction;
import io.waypost.api.receiving.ReceiptAction.S3Action;
import io.waypost.api.receiving.ReceiptAction.SNSAction;
import io.waypost.api.receiving.ReceiptAction.StopAction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a receipt rule set as a rule file's text: JSON, which is YAML. So rules made through the API and rules in files are one
 * model, archived and read back alike.
 */
final class RuleSetText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private RuleSetText() {}

    static String of(String name, List<ReceiptRule> rules) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            // A line for each value: the reader of rule files refuses very long lines.
            DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
            lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
            json.setPrettyPrinter(lines);
            json.writeStartObject();
            text(json, "name", name);
            json.writeArrayFieldStart("rules");
            for (ReceiptRule rule : rules) {
                rule(json, rule);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes everything", e);
        }
        return text.append('\n').toString();
    }

    private static void rule(JsonGenerator json, ReceiptRule rule) throws IOException {
        json.writeStartObject();
        text(json, "name", rule.name());
        json.writeBooleanField("enabled", Boolean.TRUE.equals(rule.enabled()));
        json.writeBooleanField("scan", Boolean.TRUE.equals(rule.scanEnabled()));
        text(json, "tls", ReceiptRule.REQUIRE.equals(rule.tlsPolicy()) ? "require" : "optional");
        if (!rule.patterns().isEmpty()) {
            json.writeArrayFieldStart("recipients");
            for (String recipient : rule.patterns()) {
                json.writeString(literal(recipient));
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("actions");
        for (ReceiptAction action : rule.steps()) {
            action(json, action);
        }
        // SES takes the mail for such a rule; a rule file wants that said.
        if (rule.steps().stream().allMatch(action -> action.addHeaderAction() != null)) {
            json.writeStartObject();
            text(json, "stop", "rule");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void action(JsonGenerator json, ReceiptAction action) throws IOException {
        json.writeStartObject();
        if (action.s3Action() != null) {
            s3(json, action.s3Action());
        } else if (action.bounceAction() != null) {
            bounce(json, action.bounceAction());
        } else if (action.lambdaAction() != null) {
            lambda(json, action.lambdaAction());
        } else if (action.stopAction() != null) {
            stop(json, action.stopAction());
        } else if (action.addHeaderAction() != null) {
            addHeader(json, action.addHeaderAction());
        } else if (action.snsAction() != null) {
            sns(json, action.snsAction());
        } else {
            throw new IllegalArgumentException("an action that nothing here carries out");
        }
        json.writeEndObject();
    }

    private static void s3(JsonGenerator json, S3Action action) throws IOException {
        json.writeObjectFieldStart("s3");
        text(json, "bucket", action.bucketName());
        text(json, "prefix", action.objectKeyPrefix());
        text(json, "topic", action.topicArn());
        text(json, "kmsKey", action.kmsKeyArn());
        json.writeEndObject();
    }

    private static void bounce(JsonGenerator json, BounceAction action) throws IOException {
        json.writeObjectFieldStart("bounce");
        text(json, "code", action.smtpReplyCode());
        text(json, "status", action.statusCode());
        text(json, "message", action.message());
        text(json, "sender", action.sender());
        text(json, "topic", action.topicArn());
        json.writeEndObject();
    }

    private static void lambda(JsonGenerator json, LambdaAction action) throws IOException {
        json.writeObjectFieldStart("lambda");
        text(json, "function", action.functionArn());
        json.writeBooleanField("wait", "RequestResponse".equals(action.invocationType()));
        text(json, "topic", action.topicArn());
        json.writeEndObject();
    }

    private static void stop(JsonGenerator json, StopAction action) throws IOException {
        json.writeObjectFieldStart("stop");
        text(json, "scope", "ruleSet");
        text(json, "topic", action.topicArn());
        json.writeEndObject();
    }

    private static void addHeader(JsonGenerator json, AddHeaderAction action) throws IOException {
        json.writeObjectFieldStart("addHeader");
        text(json, "name", action.headerName());
        text(json, "value", action.headerValue());
        json.writeEndObject();
    }

    private static void sns(JsonGenerator json, SNSAction action) throws IOException {
        json.writeObjectFieldStart("notify");
        text(json, "topic", action.topicArn());
        text(json, "content", "Base64".equals(action.encoding()) ? "base64" : "utf8");
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String key, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, literal(value));
        }
    }

    /** Rule files put in variables and files for references; nothing that came through the API may be one. */
    private static String literal(String value) {
        return value.replace("${", "$${");
    }
}
