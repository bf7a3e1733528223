package io.waypost.api.identity.check;

import io.waypost.api.identity.DkimKey;
import io.waypost.api.identity.Finding;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.MailFrom;
import io.waypost.api.identity.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks for the proofs of one identity. Called by many threads; blocks for a bounded time. */
@FunctionalInterface
interface Look {

    /** Finds everything, without asking anybody. */
    Look FINDS_ALL = identity -> new Found(
            identity,
            Optional.of(Finding.PRESENT),
            identity.dkim().allKeys().stream().collect(Collectors.toMap(key -> key, _ -> Finding.PRESENT)),
            identity.mailFrom().map(_ -> Finding.PRESENT));

    Found at(Identity identity);

    /**
     * What was found; nothing where nothing is to be proved.
     *
     * @param looked the identity as it was then
     * @param keys of all that it had then
     */
    record Found(Identity looked, Optional<Finding> ownership, Map<DkimKey, Finding> keys, Optional<Finding> mailFrom) {

        /**
         * The identity with these findings, but for what has become of another question meanwhile.
         *
         * @param stayPublished how long a retired key's record is needed
         */
        Identity in(Identity now, Instant moment, Duration stayPublished) {
            Identity changed = now.withDkim(Rotation.after(now.dkim(), keys, moment, stayPublished));
            if (ownership.isPresent()
                    && now.dkim().keys().equals(looked.dkim().keys())
                    && now.ownership().token().equals(looked.ownership().token())) {
                changed = changed.withOwnership(
                        now.ownership().withProof(now.ownership().proof().after(ownership.get(), moment)));
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
