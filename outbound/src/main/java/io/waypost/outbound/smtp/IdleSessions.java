package io.waypost.outbound.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that wait for another mail for their peer. Safe for all threads; a virtual thread of its own closes what has waited too
 * long, and lives only while something waits.
 */
final class IdleSessions implements AutoCloseable {

    static final int MOST = 1000;

    /** However busy: certificates and policies change, and so do hosts behind one address. */
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private record Idle(SmtpSession session, long until) {}

    private final ConnectionLimits limits;
    private final Map<Peer, Deque<Idle>> idle = new HashMap<>();
    private int count;
    private boolean watched;
    private boolean closed;

    IdleSessions(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** The one that was used last: the others may be closed when there are too many. */
    synchronized Optional<SmtpSession> take(Peer peer) {
        Deque<Idle> waiting = idle.get(peer);
        if (waiting == null) {
            return Optional.empty();
        }
        Idle last = waiting.removeLast();
        count--;
        if (waiting.isEmpty()) {
            idle.remove(peer);
        }
        return Optional.of(last.session());
    }

    /** Keeps a session, or closes it. */
    void give(Peer peer, SmtpSession session) {
        if (!keep(peer, session)) {
            session.close();
        }
    }

    private synchronized boolean keep(Peer peer, SmtpSession session) {
        if (closed
                || count >= MOST
                || !session.isUsable()
                || session.mails() >= limits.mails()
                || session.age().compareTo(OLDEST) > 0
                || limits.idle().isZero()) {
            return false;
        }
        idle.computeIfAbsent(peer, key -> new ArrayDeque<>())
                .addLast(new Idle(session, System.nanoTime() + limits.idle().toNanos()));
        count++;
        if (!watched) {
            watched = true;
            Thread.ofVirtual().name("smtp-idle").start(this::watch);
        }
        return true;
    }

    private void watch() {
        long pause = Math.max(1, limits.idle().dividedBy(4).toNanos());
        boolean more = true;
        while (more) {
            LockSupport.parkNanos(this, pause);
            List<SmtpSession> over;
            synchronized (this) {
                over = over(System.nanoTime());
                more = count > 0;
                watched = more;
            }
            // One that does not answer QUIT holds up no other.
            over.forEach(session -> Thread.ofVirtual().name("smtp-quit").start(session::close));
        }
    }

    private List<SmtpSession> over(long now) {
        List<SmtpSession> over = new ArrayList<>();
        Iterator<Deque<Idle>> queues = idle.values().iterator();
        while (queues.hasNext()) {
            Deque<Idle> waiting = queues.next();
            while (!waiting.isEmpty() && (closed || waiting.peekFirst().until() - now <= 0)) {
                over.add(waiting.removeFirst().session());
                count--;
            }
            if (waiting.isEmpty()) {
                queues.remove();
            }
        }
        return over;
    }

    @Override
    public void close() {
        List<SmtpSession> all;
        synchronized (this) {
            closed = true;
            all = over(System.nanoTime());
        }
        all.forEach(session -> Thread.ofVirtual().name("smtp-quit").start(session::close));
    }
}
