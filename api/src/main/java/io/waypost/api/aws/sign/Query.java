package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The parameters of a query, decoded, in their order; each character stands for one byte. */
record Query(List<Parameter> parameters) {

    /** One parameter. */
    record Parameter(String name, String value) {}

    /** @param query as sent */
    static Query of(String query) throws AuthenticationException {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (!part.isEmpty()) {
                parameters.add(new Parameter(Percent.decode(name), Percent.decode(value)));
            }
        }
        return new Query(List.copyOf(parameters));
    }

    List<String> values(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    /** Encoded anew and sorted by name, then by value, without one name. */
    String canonicalWithout(String left) {
        List<Parameter> encoded = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (!parameter.name().equals(left)) {
                encoded.add(new Parameter(Percent.encode(parameter.name(), ""), Percent.encode(parameter.value(), "")));
            }
        }
        encoded.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        return String.join(
                "&",
                encoded.stream()
                        .map(parameter -> parameter.name() + "=" + parameter.value())
                        .toList());
    }
}
