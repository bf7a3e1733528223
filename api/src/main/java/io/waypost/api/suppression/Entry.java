package io.waypost.api.suppression;

import io.waypost.outbound.port.Suppressed;
import org.jspecify.annotations.Nullable;

/**
 * Why an address is on the list.
 *
 * @param reason a name of {@link Suppressed}
 * @param messageId the mail because of which it was listed; absent when a caller listed it
 */
record Entry(String reason, @Nullable String messageId) {

    Suppressed suppressed() {
        return Suppressed.valueOf(reason);
    }
}
