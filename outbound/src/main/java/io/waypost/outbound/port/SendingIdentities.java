package io.waypost.outbound.port;

import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.Optional;

/** Who may send. Safe for all threads; asked for every mail, so answers are in memory. */
@FunctionalInterface
public interface SendingIdentities {

    /** The most specific verified identity of this scope that covers the address; empty when none does. */
    Optional<SendingIdentity> covering(Scope scope, EmailAddress address) throws IOException;
}
