package io.waypost.rules;

import io.waypost.message.RuleSetVersion;
import java.util.Optional;

/**
 * The rules a mail is carried out under, found by name: all that is needed once a plan is made. A {@link RuleSet} has them in a list;
 * where rules stand for things that come and go, they are made when they are asked for.
 */
public interface Rules {

    RuleSetVersion version();

    /** The rule of this name; the same whenever it is asked for. */
    Optional<Rule> rule(String name);
}
