package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line asks of the server that holds the identities: requests in the store, one of a kind for an identity's name. They
 * are taken away when they have been carried out, so one may be carried out again after a crash.
 */
final class Requests {

    private static final Logger log = LoggerFactory.getLogger(Requests.class);

    /** What a request makes of an identity. */
    @FunctionalInterface
    interface Order {

        /** @throws ServiceException when it cannot be done, now or later */
        void carryOut(Setting request) throws ServiceException, IOException;
    }

    private Requests() {}

    static void ask(Settings settings, String kind, Scope scope, IdentityName name, String text, Instant now)
            throws IOException {
        settings.apply(List.of(new Change.Put(new Key(scope, kind, name.text()), text)), now);
    }

    /**
     * Carries out all of a kind.
     *
     * @throws IOException when the store cannot be read or written now; what is left waits
     */
    static void done(Settings settings, String kind, Instant now, Order order) throws IOException {
        for (Setting request : settings.list(kind)) {
            Key key = request.key();
            try {
                order.carryOut(request);
            } catch (ServiceException e) {
                log.warn(
                        "{} was asked for {} of {}, and is not possible: {}", kind, key.name(), key.scope(), e.words());
            }
            // Somebody may have asked for something else meanwhile.
            if (settings.find(key).equals(Optional.of(request))) {
                settings.apply(List.of(new Change.Remove(key)), now);
            }
        }
    }
}
