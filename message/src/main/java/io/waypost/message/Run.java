package io.waypost.message;

import java.util.OptionalInt;

/**
 * A run as claimed from the ledger: the mail, which run of its plan, and where it stands.
 *
 * @param mail the mail it belongs to
 * @param index its place in {@code mail.plan().runs()}
 * @param state where it stands
 * @param revisedBy the index of the action of this run that last replaced the content, so that the spool's revision is read and
 *     not the original; empty when none did
 */
public record Run(Mail mail, int index, RunState.Ready state, OptionalInt revisedBy) {

    public RunKey key() {
        return new RunKey(mail.id(), index);
    }

    public Plan.PlannedRun planned() {
        return mail.plan().runs().get(index);
    }
}
