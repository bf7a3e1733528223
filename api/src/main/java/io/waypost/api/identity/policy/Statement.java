package io.waypost.api.identity.policy;

import java.util.List;
import java.util.Locale;

/**
 * One statement of a policy. What it is about is the identity that the policy stands with.
 *
 * @param allows or forbids
 * @param actions patterns, without {@code ses:}; upper and lower case are the same
 * @param conditions all of them
 */
record Statement(boolean allows, List<Principal> principals, List<String> actions, List<PolicyCondition> conditions) {

    Statement {
        principals = List.copyOf(principals);
        actions = List.copyOf(actions);
        conditions = List.copyOf(conditions);
    }

    Truth applies(Attempt attempt) {
        boolean meant = principals.stream().anyMatch(it -> it.is(attempt))
                && actions.stream().anyMatch(pattern -> attempt.actions().stream()
                        .anyMatch(action -> Glob.matches(lower(pattern), lower(action))));
        if (!meant) {
            return Truth.NO;
        }
        return conditions.stream().map(it -> it.holds(attempt)).reduce(Truth.YES, Truth::and);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
