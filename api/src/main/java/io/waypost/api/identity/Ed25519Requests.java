package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives domains an Ed25519 key beside their RSA keys, or takes it away, as the command line asked. To do so twice is to do so once.
 */
public final class Ed25519Requests implements Chore {

    /** The kind of the settings: one of an identity's name, its text {@code on} or {@code off}. */
    public static final String KIND = "dkim-ed25519";

    private static final String ON = "on";
    private static final String OFF = "off";
    private static final Logger log = LoggerFactory.getLogger(Ed25519Requests.class);

    private final Settings settings;
    private final IdentityBook book;
    private final Ed25519Changes changes;
    private final Duration stayPublished;
    private final Clock clock;

    /** @param stayPublished how long a key's record is needed after its last signature */
    public Ed25519Requests(
            Settings settings,
            IdentityBook book,
            DkimKeys keys,
            Verification verification,
            Duration stayPublished,
            Clock clock) {
        this.settings = settings;
        this.book = book;
        this.changes = new Ed25519Changes(keys, verification, clock);
        this.stayPublished = stayPublished;
        this.clock = clock;
    }

    /** Asks for such a key, or for none; for another process. */
    public static void ask(Settings settings, Scope scope, IdentityName name, boolean on, Instant now)
            throws IOException {
        Requests.ask(settings, KIND, scope, name, on ? ON : OFF, now);
    }

    @Override
    public void done() throws IOException {
        Requests.done(settings, KIND, clock.instant(), this::carryOut);
    }

    private void carryOut(Setting request) throws ServiceException, IOException {
        Scope scope = request.key().scope();
        IdentityName name = new IdentityName(request.key().name());
        boolean on = request.text().equals(ON);
        book.change(scope, name, before -> {
            Identity identity = before.orElseThrow(
                    () -> new ServiceException("NotFoundException", "Email identity " + name + " does not exist."));
            if (on && identity.dkim().keys().isEmpty()) {
                throw ServiceException.invalidParameter(
                        "An Ed25519 key signs beside an RSA key, and " + name + " has none.");
            }
            return Optional.of(identity.withDkim(
                    on
                            ? changes.added(scope, name, identity.dkim())
                            : Rotation.withoutEd25519(identity.dkim(), clock.instant(), stayPublished)));
        });
        log.info(
                "DKIM of {} of {}: {}",
                name,
                scope,
                on ? "an Ed25519 key signs, too, as long as its record is seen" : "signed with Ed25519 no more");
    }
}
