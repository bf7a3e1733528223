package io.waypost.api.aws.query;

import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.Pairs;
import io.waypost.api.aws.protocol.Pairs.Pair;
import io.waypost.api.aws.protocol.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a form or of a query, each name once. */
final class Parameters {

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** @throws RefusedException when the encoding is broken, a name stands there twice, or there are too many */
    static Parameters ofForm(String form) throws RefusedException {
        return of(Pairs.ofForm(form));
    }

    /** @throws RefusedException as with a form */
    static Parameters ofQuery(String query) throws RefusedException {
        return of(Pairs.ofQuery(query));
    }

    private static Parameters of(List<Pair> pairs) throws RefusedException {
        Map<String, String> values = LinkedHashMap.newLinkedHashMap(pairs.size());
        for (Pair pair : pairs) {
            if (values.put(pair.name(), pair.value()) != null) {
                throw new RefusedException(Fault.MALFORMED, "A parameter is present more than once");
            }
        }
        return new Parameters(values);
    }

    /** The value of a name; empty when it has an empty value. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether anything stands there beside the parameters of a signature. */
    boolean ask() {
        return values.keySet().stream().anyMatch(name -> !name.regionMatches(true, 0, "X-Amz-", 0, 6));
    }

    Map<String, String> all() {
        return values;
    }
}
