package io.waypost.actions.notification;

import io.waypost.message.Plan;
import io.waypost.message.RuleSetVersion;
import io.waypost.rules.Rule;
import io.waypost.rules.Rules;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rules that publications are carried out under: one for each subscription, called by its id, with one action. They are part of
 * the program, not of the archive, and are made when they are asked for: subscriptions come and go, and whether one is still there is
 * asked when its turn has come.
 *
 * <p>An effect's key holds the rule's name, so that each subscription has attempts of its own, and a dead one of its own that can be
 * replayed.
 */
public final class TopicRules implements Rules {

    /** Versions of rule sets count from 1: no rule set of that name can be taken for this one. */
    public static final RuleSetVersion VERSION = new RuleSetVersion("topics", 0);

    @Override
    public RuleSetVersion version() {
        return VERSION;
    }

    @Override
    public Optional<Rule> rule(String subscription) {
        return Optional.of(new Rule(
                subscription,
                true,
                List.of(),
                TlsPolicy.OPTIONAL,
                Condition.ALWAYS,
                Condition.ALWAYS,
                List.of(new SubscriptionAction(subscription))));
    }

    /** One run for each subscription, none waiting for another, each in a lane of its own. */
    static Plan plan(List<String> subscriptions) {
        return new Plan(
                VERSION,
                subscriptions.stream()
                        .map(id -> new Plan.PlannedRun(
                                id, List.of(), OptionalInt.empty(), new SubscriptionAction(id).destination()))
                        .toList(),
                Map.of());
    }
}
