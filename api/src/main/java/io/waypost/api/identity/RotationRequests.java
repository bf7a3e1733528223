package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the new keys that the command line asked for. A request that was carried out and not yet taken away when the process died is
 * recognised by its time.
 */
public final class RotationRequests implements Chore {

    /** The kind of the settings: one of an identity's name, its text the moment of the request. */
    public static final String KIND = "dkim-rotation";

    private static final Logger log = LoggerFactory.getLogger(RotationRequests.class);

    private final Settings settings;
    private final IdentityBook book;
    private final Identities identities;
    private final Clock clock;

    public RotationRequests(Settings settings, IdentityBook book, Identities identities, Clock clock) {
        this.settings = settings;
        this.book = book;
        this.identities = identities;
        this.clock = clock;
    }

    /** Asks for a new key; for another process. */
    public static void ask(Settings settings, Scope scope, IdentityName name, Instant now) throws IOException {
        Requests.ask(settings, KIND, scope, name, now.toString(), now);
    }

    @Override
    public void done() throws IOException {
        Requests.done(settings, KIND, clock.instant(), this::carryOut);
    }

    private void carryOut(Setting request) throws ServiceException, IOException {
        Key key = request.key();
        if (isDone(request)) {
            return;
        }
        identities.rotate(key.scope(), key.name());
        log.info("DKIM of {} of {}: a new key signs as soon as its record is seen", key.name(), key.scope());
    }

    private boolean isDone(Setting request) {
        Optional<Dkim> dkim = book.find(
                        request.key().scope(), new IdentityName(request.key().name()))
                .map(Identity::dkim);
        try {
            Instant asked = Instant.parse(request.text());
            return dkim.flatMap(Dkim::generatedAt)
                    .filter(made -> !made.isBefore(asked))
                    .isPresent();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
