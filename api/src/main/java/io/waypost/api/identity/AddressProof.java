package io.waypost.api.identity;

import io.waypost.message.Scope;
import java.io.IOException;

/** Asks the owner of an address whether it may be used. */
@FunctionalInterface
public interface AddressProof {

    /**
     * Asks, unless the address is verified or its owner has just been asked. Durable when it returns.
     *
     * @throws IOException when the question cannot be sent now; the caller may ask again at once
     */
    void ask(Scope scope, IdentityName address) throws IOException;
}
