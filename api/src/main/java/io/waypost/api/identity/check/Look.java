package io.waypost.api.identity.check;

import io.waypost.api.identity.Finding;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.MailFrom;
import java.time.Instant;
import java.util.Optional;

/** Looks for the proofs of one identity. Called by many threads; blocks for a bounded time. */
@FunctionalInterface
interface Look {

    /** Finds everything, without asking anybody. */
    Look FINDS_ALL = identity -> new Found(
            identity,
            Optional.of(Finding.PRESENT),
            Optional.of(Finding.PRESENT),
            identity.mailFrom().map(_ -> Finding.PRESENT));

    Found at(Identity identity);

    /**
     * What was found; nothing where nothing is to be proved.
     *
     * @param looked the identity as it was then
     */
    record Found(Identity looked, Optional<Finding> ownership, Optional<Finding> dkim, Optional<Finding> mailFrom) {

        /** The identity with these findings, but for what has become of another question meanwhile. */
        Identity in(Identity now, Instant moment) {
            Identity changed = now;
            boolean sameKeys = now.dkim().keys().equals(looked.dkim().keys());
            if (ownership.isPresent()
                    && sameKeys
                    && now.ownership().token().equals(looked.ownership().token())) {
                changed = changed.withOwnership(
                        now.ownership().withProof(now.ownership().proof().after(ownership.get(), moment)));
            }
            if (dkim.isPresent() && sameKeys) {
                changed =
                        changed.withDkim(now.dkim().withProof(now.dkim().proof().after(dkim.get(), moment)));
            }
            if (mailFrom.isPresent()
                    && now.mailFrom()
                            .map(MailFrom::domain)
                            .equals(looked.mailFrom().map(MailFrom::domain))) {
                changed = changed.withMailFrom(
                        now.mailFrom().map(it -> it.withProof(it.proof().after(mailFrom.get(), moment))));
            }
            return changed;
        }
    }
}
