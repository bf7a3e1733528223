package io.waypost.message;

/**
 * A run as claimed from the ledger: the mail, which run of its plan, and where it stands.
 *
 * @param mail the mail it belongs to
 * @param index its place in {@code mail.plan().runs()}
 * @param state where it stands
 * @param revised whether an action of this run has replaced the content: then the spool's revision is read, not the original
 */
public record Run(Mail mail, int index, RunState.Ready state, boolean revised) {

    public RunKey key() {
        return new RunKey(mail.id(), index);
    }

    public Plan.PlannedRun planned() {
        return mail.plan().runs().get(index);
    }
}
