package io.waypost.api.receiving;

import io.waypost.api.receiving.ReceiptAction.AddHeaderAction;
import io.waypost.api.receiving.ReceiptAction.BounceAction;
import io.waypost.api.receiving.ReceiptAction.LambdaAction;
import io.waypost.api.receiving.ReceiptAction.S3Action;
import io.waypost.api.receiving.ReceiptAction.SNSAction;
import io.waypost.api.receiving.ReceiptAction.StopAction;
import io.waypost.config.text.Document;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows a rule file's rules in SES' shapes. What SES has no shape for (conditions, forwards, mailets ...) is left out; a webhook
 * stands as a Lambda function of its name. References to variables stay as they are written.
 */
final class FileRules {

    private final Scope scope;

    /** @param scope whose ARNs topics and functions get */
    FileRules(Scope scope) {
        this.scope = scope;
    }

    /** @param text of a file that was read without a fault */
    List<ReceiptRule> of(String text) {
        List<ReceiptRule> rules = new ArrayList<>();
        Document.read("", text, Substitution.NONE, new Problems()).ifPresent(root -> {
            for (Node rule : items(root, "rules")) {
                rules.add(rule(rule));
            }
        });
        return rules;
    }

    private ReceiptRule rule(Node rule) {
        return new ReceiptRule(
                        word(rule, "name").orElse(""),
                        flag(rule, "enabled", true),
                        word(rule, "tls").filter("require"::equals).isPresent()
                                ? ReceiptRule.REQUIRE
                                : ReceiptRule.OPTIONAL,
                        items(rule, "recipients").stream()
                                .flatMap(item -> word(item).stream())
                                .toList(),
                        items(rule, "actions").stream()
                                .flatMap(item -> action(item).stream())
                                .toList(),
                        flag(rule, "scan", true))
                .whole();
    }

    private Optional<ReceiptAction> action(Node item) {
        if (!(item instanceof Node.Mapping mapping) || mapping.entries().size() != 1) {
            return Optional.empty();
        }
        Map.Entry<String, Node> entry = mapping.entries().entrySet().iterator().next();
        Node value = entry.getValue();
        return Optional.ofNullable(
                switch (entry.getKey()) {
                    case "s3" ->
                        ReceiptAction.of(new S3Action(
                                topic(value),
                                word(value, "bucket").orElse(""),
                                word(value, "prefix").orElse(null),
                                word(value, "kmsKey").orElse(null),
                                null));
                    case "bounce" ->
                        ReceiptAction.of(new BounceAction(
                                topic(value),
                                word(value, "code").orElse("550"),
                                word(value, "status").orElse("5.1.1"),
                                word(value, "message").orElse("Mailbox does not exist"),
                                word(value, "sender").orElse("")));
                    case "stop" -> stop(value);
                    case "addHeader" ->
                        ReceiptAction.of(new AddHeaderAction(
                                word(value, "name").orElse(""),
                                word(value, "value").orElse("")));
                    case "notify" ->
                        ReceiptAction.of(new SNSAction(
                                arn(word(value, "topic").orElse("")),
                                word(value, "content").filter("base64"::equals).isPresent()
                                        ? "Base64"
                                        : ReceiptAction.UTF8));
                    case "lambda" -> function(value, word(value, "function").orElse(""));
                    case "webhook" ->
                        function(
                                value,
                                "arn:aws:lambda:" + scope.region() + ":" + scope.account() + ":function:"
                                        + word(value, "to").orElse(""));
                    default -> null;
                });
    }

    private ReceiptAction function(Node value, String arn) {
        return ReceiptAction.of(new LambdaAction(
                topic(value), arn, flag(value, "wait", false) ? "RequestResponse" : ReceiptAction.EVENT));
    }

    private @Nullable ReceiptAction stop(Node value) {
        Optional<String> stopped = word(value).or(() -> word(value, "scope"));
        return stopped.filter("ruleSet"::equals).isPresent()
                ? ReceiptAction.of(new StopAction("RuleSet", topic(value)))
                : null;
    }

    private @Nullable String topic(Node value) {
        return word(value, "topic").map(this::arn).orElse(null);
    }

    private String arn(String topic) {
        return topic.startsWith("arn:") ? topic : "arn:aws:sns:" + scope.region() + ":" + scope.account() + ":" + topic;
    }

    private static List<Node> items(Node node, String key) {
        return node instanceof Node.Mapping mapping && mapping.entries().containsKey(key)
                ? mapping.entries().get(key).items()
                : List.of();
    }

    private static Optional<String> word(Node node, String key) {
        return node instanceof Node.Mapping mapping && mapping.entries().containsKey(key)
                ? word(mapping.entries().get(key))
                : Optional.empty();
    }

    private static Optional<String> word(Node node) {
        return node instanceof Node.Scalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
    }

    private static boolean flag(Node node, String key, boolean otherwise) {
        return word(node, key)
                .map(text -> List.of("true", "on", "yes").contains(text))
                .orElse(otherwise);
    }
}
