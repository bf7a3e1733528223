package io.waypost.api.aws.wire;

import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.json.JsonWriter;
import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.TextValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes requests as SDKs do. */
final class Client {

    private Client() {}

    static WireRequest form(OperationShape operation, String version, Struct input) {
        List<String> pairs = new ArrayList<>(List.of("Action=" + operation.name(), "Version=" + version));
        members("", input, pairs);
        return form(String.join("&", pairs));
    }

    static WireRequest form(String form) {
        return new WireRequest(
                "POST",
                "/",
                "",
                Map.of("content-type", List.of("application/x-www-form-urlencoded; charset=utf-8")),
                form.getBytes(StandardCharsets.UTF_8));
    }

    private static void members(String prefix, Struct struct, List<String> pairs) {
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null) {
                pairs(prefix + member.name(), member.shape(), value, pairs);
            }
        }
    }

    private static void pairs(String name, Shape shape, Object value, List<String> pairs) {
        int before = pairs.size();
        switch (shape) {
            case Shape.Structure any -> members(name + ".", (Struct) value, pairs);
            case Shape.Listed listed -> {
                int number = 0;
                for (Object member : (List<?>) value) {
                    pairs(name + ".member." + ++number, listed.member(), member, pairs);
                }
            }
            case Shape.Mapped mapped -> {
                int number = 0;
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    String at = name + ".entry." + ++number + ".";
                    pairs.add(at + mapped.keyName() + "=" + encoded((String) entry.getKey()));
                    pairs(at + mapped.valueName(), mapped.value(), entry.getValue(), pairs);
                }
            }
            default -> pairs.add(name + "=" + encoded(TextValue.write(shape, value)));
        }
        if (pairs.size() == before) {
            pairs.add(name + "=");
        }
    }

    static WireRequest rest(OperationShape operation, boolean older, Struct input) {
        OperationShape.Route route = older ? operation.older().orElseThrow() : operation.route();
        String path = route.path();
        List<String> query = new ArrayList<>();
        Struct.Builder body = new Struct.Builder(operation.input());
        for (Member member : operation.input().members()) {
            Object value = input.get(member);
            if (value == null) {
                continue;
            }
            switch (member.place()) {
                case PATH -> path = path.replace("{" + member.wireName() + "}", encoded((String) value));
                case QUERY -> query(member, value, query);
                case BODY -> body.put(member, value);
            }
        }
        return new WireRequest(
                route.method(),
                path,
                String.join("&", query),
                Map.of("content-type", List.of("application/json")),
                JsonWriter.write(body.build()));
    }

    private static void query(Member member, Object value, List<String> query) {
        if (member.shape() instanceof Shape.Listed listed) {
            ((List<?>) value)
                    .forEach(
                            one -> query.add(member.wireName() + "=" + encoded(TextValue.write(listed.member(), one))));
        } else {
            query.add(member.wireName() + "=" + encoded(TextValue.write(member.shape(), value)));
        }
    }

    static WireRequest json(OperationShape operation, Struct input) {
        return json("MailManagerSvc." + operation.name(), new String(JsonWriter.write(input), StandardCharsets.UTF_8));
    }

    static WireRequest json(String target, String body) {
        return new WireRequest(
                "POST",
                "/",
                "",
                Map.of(
                        "content-type", List.of("application/x-amz-json-1.0"),
                        "x-amz-target", List.of(target)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
