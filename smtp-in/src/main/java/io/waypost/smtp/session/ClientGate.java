package io.waypost.smtp.session;

import io.waypost.message.EmailAddress;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.checks.client.BlockList;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a client away for its address: one that a filter blocks at the greeting, one that stands on a block list at RCPT. */
final class ClientGate {

    private static final Logger LOG = LoggerFactory.getLogger(ClientGate.class);

    /** RFC 5321 4.5.1: who is refused by mistake must be able to say so. */
    private static final String ALWAYS_TAKEN = "postmaster";

    private final SessionState state;
    private boolean counted;

    ClientGate(SessionState state) {
        this.state = state;
    }

    /** Never waits. */
    void greeting() throws Refusal {
        Optional<String> filter = state.clientCheck.blockedBy();
        if (filter.isEmpty()) {
            return;
        }
        if (!state.clientCheck.isEnforcing()) {
            LOG.info(
                    "{}: would be blocked by filter {}", state.peer.getAddress().getHostAddress(), filter.get());
            return;
        }
        String rule = "filter:" + filter.get();
        state.services.observer().clientBlocked(rule);
        throw Refusal.of(rule, 554, "5.7.1", "Connections from your address are not accepted")
                .closing();
    }

    /** Waits for the block lists, where they have not answered yet. */
    void recipient(EmailAddress to) throws Refusal {
        if (!state.clientCheck.isEnforcing() || to.localPart().equalsIgnoreCase(ALWAYS_TAKEN)) {
            return;
        }
        Optional<BlockList> list = awaitLists();
        if (list.isEmpty()) {
            return;
        }
        String name = list.get().name();
        String rule = "dnsbl:" + name;
        if (!counted) {
            counted = true;
            state.services.observer().clientBlocked(rule);
        }
        String address = state.peer.getAddress().getHostAddress();
        throw Refusal.of(rule, 550, "5.7.1", "%s is listed in %s; postmaster is reachable".formatted(address, name))
                .about(to);
    }

    private Optional<BlockList> awaitLists() {
        // The peer waits for us, and must not be cut off for it.
        state.connection.allowForever();
        try {
            return state.clientCheck.refusedBy();
        } finally {
            state.connection.allow(state.limits.commandTimeout());
        }
    }
}
