package io.waypost.api.identity.check;

import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.Ed25519;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.RetiredKey;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what a look at DNS changed. */
final class FindingLog {

    private static final Logger log = LoggerFactory.getLogger(FindingLog.class);

    private FindingLog() {}

    static void tell(Identity before, Identity after) {
        if (before.state() != after.state()) {
            log.info("identity {} of {}: {} is now {}", after.name(), after.scope(), before.state(), after.state());
        }
        Dkim old = before.dkim();
        Dkim now = after.dkim();
        if (old.proof().state() != now.proof().state()) {
            tell(after, old.proof().state() + " is now " + now.proof().state());
        }
        if (!old.keys().equals(now.keys())) {
            tell(
                    after,
                    "signed with " + now.keys().getFirst() + " from now on, and no more with "
                            + old.keys().getFirst());
        }
        if (old.ed25519().isPresent() && !said(old.ed25519()).equals(said(now.ed25519()))) {
            tell(after, said(old.ed25519()) + " is now " + said(now.ed25519()));
        }
        for (RetiredKey key : old.retired()) {
            if (!now.retired().contains(key)) {
                tell(after, "nobody needs the record of " + key.selector() + " any more");
            }
        }
    }

    private static String said(Optional<Ed25519> ed25519) {
        return ed25519.map(Ed25519::current)
                .map(it -> it.key() + " " + it.proof().state())
                .orElse("no Ed25519 key");
    }

    private static void tell(Identity identity, String what) {
        log.info("DKIM of {} of {}: {}", identity.name(), identity.scope(), what);
    }
}
