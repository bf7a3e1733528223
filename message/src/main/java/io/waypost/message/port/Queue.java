package io.waypost.message.port;

import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What waits to be carried out, for whoever looks after the server. Works beside a running server, which finds every change within
 * seconds. A run that it is carrying out at that very moment takes no wish: what becomes of it is recorded over it.
 */
public interface Queue {

    /**
     * A run that is not over.
     *
     * @param inHand the server has had it in hand since its mail was accepted: it takes no wish now
     */
    record Waiting(RunKey run, Mail mail, RunState.Ready state, boolean inHand) {}

    /**
     * Runs that are {@link RunState.Ready}, oldest mail first, in the order of its plan.
     *
     * @param after the last one of the page before
     */
    List<Waiting> waiting(Line line, int limit, Optional<RunKey> after) throws IOException;

    /** Lets these runs wait until they are released; returns how many took it. Durable when it returns. */
    int hold(Collection<RunKey> runs) throws IOException;

    /** Makes these held runs due now, with a fresh give-up window; returns how many were held. Durable when it returns. */
    int release(Collection<RunKey> runs, Instant now) throws IOException;

    /**
     * Lets these runs end without being carried out: the server ends them within seconds, and settles their mails. Returns how
     * many took it. Durable when it returns.
     */
    int drop(Collection<RunKey> runs, Instant now) throws IOException;
}
