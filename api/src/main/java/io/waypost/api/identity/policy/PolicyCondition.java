package io.waypost.api.identity.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a statement.
 *
 * @param key as written; upper and lower case are the same
 * @param wanted any of them
 */
record PolicyCondition(Operator operator, String key, List<String> wanted) {

    PolicyCondition {
        wanted = List.copyOf(wanted);
    }

    /** What is not known of a request, or nobody knows here, is unknown: also to operators that mean the contrary. */
    Truth holds(Attempt attempt) {
        @Nullable List<String> values = attempt.values().get(key.toLowerCase(Locale.ROOT));
        if (values == null) {
            return Truth.UNKNOWN;
        }
        long met;
        try {
            met = values.stream().filter(this::isMet).count();
        } catch (IllegalArgumentException e) {
            // An address compared as a number: what the owner meant is not known.
            return Truth.UNKNOWN;
        }
        return switch (operator.among()) {
            case ALL -> Truth.of(met == values.size());
            case ANY -> Truth.of(met > 0);
            case EACH -> met == values.size() ? Truth.YES : met == 0 ? Truth.NO : Truth.UNKNOWN;
        };
    }

    private boolean isMet(String value) {
        return wanted.stream().anyMatch(it -> operator.comparison().holds(it, value)) != operator.negated();
    }
}
