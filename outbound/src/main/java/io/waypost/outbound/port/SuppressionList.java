package io.waypost.outbound.port;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Addresses that get no mail of an account. Safe for all threads; asked for every recipient. */
public interface SuppressionList {

    /** Why this address is on the list; its domain compares without case, its local part with it. */
    Optional<Suppressed> find(Scope scope, EmailAddress address) throws IOException;

    /** For which reasons the account wants its listed addresses left out, and new ones listed. */
    Set<Suppressed> reasons(Scope scope) throws IOException;

    /** Lists an address because of what became of a mail; durable when it returns. Listed already: nothing changes but the reason. */
    void add(Scope scope, EmailAddress address, Suppressed reason, Mail because) throws IOException;
}
