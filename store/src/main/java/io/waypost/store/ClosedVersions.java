package io.waypost.store;

import io.waypost.message.Plan;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.StoreUnavailableException;
import java.util.Map;
import java.util.Set;

/**
 * Which versions of rule sets no mail may be accepted under any more, because their texts are about to go. Known in memory only: a mail
 * that was planned under one belongs to a session of this process. For the writer thread.
 */
final class ClosedVersions {

    private Map<String, Integer> upTo = Map.of();
    private Set<RuleSetVersion> active = Set.of();

    /**
     * @param upTo for each name the newest version that is closed, all older ones with it
     * @param active what stays open all the same
     */
    void close(Map<String, Integer> upTo, Set<RuleSetVersion> active) {
        this.upTo = Map.copyOf(upTo);
        this.active = Set.copyOf(active);
    }

    /**
     * Before a mail is accepted.
     *
     * @throws StoreUnavailableException when its plan was made under a closed version; when it comes again it is planned anew
     */
    void requireOpen(Plan plan) throws StoreUnavailableException {
        if (upTo.isEmpty()) {
            return;
        }
        for (Plan.PlannedRun run : plan.runs()) {
            RuleSetVersion version = run.ruleSet(plan.ruleSet());
            if (version.version() <= upTo.getOrDefault(version.name(), 0) && !active.contains(version)) {
                throw new StoreUnavailableException(
                        false, "the rules have changed many times since this mail was planned under " + version);
            }
        }
    }
}
