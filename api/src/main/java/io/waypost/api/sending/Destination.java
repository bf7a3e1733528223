package io.waypost.api.sending;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Destination, of both APIs. */
record Destination(
        @Nullable List<String> toAddresses,
        @Nullable List<String> ccAddresses,
        @Nullable List<String> bccAddresses) {

    static final Destination NONE = new Destination(null, null, null);
}
