package io.waypost.api.aws.rest;

import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.json.JsonReader;
import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Member.Place;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.Pairs;
import io.waypost.api.aws.protocol.Pairs.Pair;
import io.waypost.api.aws.protocol.PercentText;
import io.waypost.api.aws.protocol.RefusedException;
import io.waypost.api.aws.protocol.TextValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the members of a request from its path, its query and its body. */
final class RestReader {

    private RestReader() {}

    static Struct read(Routes.Found route, WireRequest request) throws RefusedException {
        Shape.Structure shape = route.operation().input();
        Struct.Builder input = new Struct.Builder(shape);
        JsonReader.read(request.body(), shape, input);
        Map<String, List<String>> query = byName(Pairs.ofQuery(request.query()));
        for (Member member : shape.members()) {
            switch (member.place()) {
                case PATH -> {
                    String label = route.labels().get(member.wireName());
                    if (label != null) {
                        input.put(member, TextValue.read(member.shape(), PercentText.ofUri(label, false)));
                    }
                }
                case QUERY -> parameter(member, query, input);
                case BODY -> {
                    if (route.older()) {
                        parameter(member, query, input);
                    }
                }
            }
        }
        return input.build();
    }

    private static void parameter(Member member, Map<String, List<String>> query, Struct.Builder input)
            throws RefusedException {
        List<String> texts = query.get(member.wireName());
        if (texts == null) {
            return;
        }
        if (member.place() == Place.BODY && input.has(member)) {
            throw new RefusedException(Fault.MALFORMED, "A member is present in the query and in the body");
        }
        if (member.shape() instanceof Shape.Listed listed) {
            List<Object> values = new ArrayList<>();
            for (String text : texts) {
                values.add(TextValue.read(listed.member(), text));
            }
            input.put(member, List.copyOf(values));
        } else if (texts.size() == 1) {
            input.put(member, TextValue.read(member.shape(), texts.getFirst()));
        } else {
            throw new RefusedException(Fault.MALFORMED, "A parameter is present more than once");
        }
    }

    private static Map<String, List<String>> byName(List<Pair> pairs) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            byName.computeIfAbsent(pair.name(), name -> new ArrayList<>()).add(pair.value());
        }
        return byName;
    }
}
