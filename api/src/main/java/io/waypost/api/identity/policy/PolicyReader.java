package io.waypost.api.identity.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads policies (DG policy-anatomy). What is not understood is refused: a statement without the part that somebody misspelt would
 * allow more than he meant.
 */
final class PolicyReader {

    private static final int MOST_BYTES = 4 * 1024;
    private static final String ACTION = "ses:";

    private static final Set<String> OF_POLICY = Set.of("Version", "Id", "Statement");
    private static final Set<String> OF_STATEMENT =
            Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");
    private static final Set<String> KINDS = Set.of("AWS", "Service", "Federated", "CanonicalUser");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyReader() {}

    /** @param arn the identity that the policy shall stand with */
    static Policy read(String text, String arn) throws PolicyFaultException {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new PolicyFaultException("The policy is longer than " + MOST_BYTES + " bytes.");
        }
        JsonNode policy = json(text);
        refuseOthers(policy, OF_POLICY);
        List<Statement> statements = new ArrayList<>();
        for (JsonNode statement : several(policy.path("Statement"))) {
            statements.add(statement(statement, arn));
        }
        if (statements.isEmpty()) {
            throw new PolicyFaultException("A policy must have at least one statement.");
        }
        return new Policy(statements);
    }

    private static JsonNode json(String text) throws PolicyFaultException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new PolicyFaultException("The policy is not valid JSON.");
        }
    }

    private static Statement statement(JsonNode json, String arn) throws PolicyFaultException {
        refuseOthers(json, OF_STATEMENT);
        String effect = json.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new PolicyFaultException("The effect of a statement must be Allow or Deny.");
        }
        List<String> resources = texts(json.path("Resource"));
        if (resources.size() != 1 || !isSame(resources.getFirst(), arn)) {
            throw new PolicyFaultException("The resource of a statement must be the identity itself: " + arn);
        }
        List<String> actions = new ArrayList<>();
        for (String action : texts(json.path("Action"))) {
            actions.add(action(action));
        }
        if (actions.isEmpty()) {
            throw new PolicyFaultException("A statement must have at least one action.");
        }
        return new Statement(
                effect.equals("Allow"),
                principals(json.path("Principal")),
                actions,
                conditions(json.path("Condition")));
    }

    private static String action(String text) throws PolicyFaultException {
        if (text.equals("*")) {
            return text;
        }
        if (!text.toLowerCase(Locale.ROOT).startsWith(ACTION)) {
            throw new PolicyFaultException("An action must begin with 'ses:': " + text);
        }
        return text.substring(ACTION.length());
    }

    // Partitions are not told apart here; a domain may be written in any case. Terraform writes no account when it was
    // told
    // not to ask for it (skip_requesting_account_id): what it means is the caller's own.
    private static boolean isSame(String resource, String arn) {
        String same = resource.replaceFirst("^arn:aws[a-z-]*:", "arn:aws:");
        return same.equalsIgnoreCase(arn)
                || same.equalsIgnoreCase(arn.replaceFirst(":[0-9]{12}:identity/", "::identity/"));
    }

    private static List<Principal> principals(JsonNode json) throws PolicyFaultException {
        List<Principal> principals = new ArrayList<>();
        if (json.isTextual()) {
            principals.add(aws(json.asText()));
        } else if (json.isObject()) {
            refuseOthers(json, KINDS);
            for (Map.Entry<String, JsonNode> kind : json.properties()) {
                for (String text : texts(kind.getValue())) {
                    principals.add(kind.getKey().equals("AWS") ? aws(text) : new Principal.Nobody());
                }
            }
        }
        if (principals.isEmpty()) {
            throw new PolicyFaultException("A statement must have at least one principal.");
        }
        return principals;
    }

    private static Principal aws(String text) throws PolicyFaultException {
        Optional<Principal> principal = Principal.aws(text);
        if (principal.isEmpty()) {
            throw new PolicyFaultException("Invalid principal in policy: \"AWS\":\"" + text + "\"");
        }
        return principal.get();
    }

    private static List<PolicyCondition> conditions(JsonNode json) throws PolicyFaultException {
        List<PolicyCondition> conditions = new ArrayList<>();
        if (!json.isMissingNode() && !json.isObject()) {
            throw new PolicyFaultException("The conditions of a statement must be an object.");
        }
        for (Map.Entry<String, JsonNode> one : json.properties()) {
            Optional<Operator> operator = Operator.named(one.getKey());
            if (operator.isEmpty() || !one.getValue().isObject()) {
                throw new PolicyFaultException("Invalid condition type: " + one.getKey());
            }
            for (Map.Entry<String, JsonNode> key : one.getValue().properties()) {
                List<String> wanted = texts(key.getValue());
                check(operator.get(), wanted);
                conditions.add(new PolicyCondition(operator.get(), key.getKey(), wanted));
            }
        }
        return conditions;
    }

    private static void check(Operator operator, List<String> wanted) throws PolicyFaultException {
        try {
            wanted.forEach(operator.comparison()::check);
        } catch (IllegalArgumentException e) {
            throw new PolicyFaultException("Invalid value in a condition: " + e.getMessage());
        }
    }

    private static void refuseOthers(JsonNode json, Set<String> known) throws PolicyFaultException {
        if (!json.isObject()) {
            throw new PolicyFaultException("Syntax error in policy: an object is missing.");
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!known.contains(member.getKey())) {
                throw new PolicyFaultException("Unknown or unsupported element in policy: " + member.getKey());
            }
        }
    }

    private static Iterable<JsonNode> several(JsonNode json) {
        return json.isArray() ? json : json.isMissingNode() ? List.of() : List.of(json);
    }

    private static List<String> texts(JsonNode json) throws PolicyFaultException {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : several(json)) {
            if (!one.isValueNode() || one.isNull()) {
                throw new PolicyFaultException("Syntax error in policy: a text is missing.");
            }
            texts.add(one.asText());
        }
        return texts;
    }
}
