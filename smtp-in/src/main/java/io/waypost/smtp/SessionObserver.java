package io.waypost.smtp;

import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;

/** Counts what happens, for metrics. Called on hot paths by any thread: returns at once, never throws. */
public interface SessionObserver {

    /** How a mail transaction ended. */
    enum Result {
        /** 250 was promised. */
        ACCEPTED,
        /** Refused for good after its content was asked for (5yz). */
        REFUSED,
        /** Refused for now (4yz). */
        DEFERRED,
        /** The client left, timed out or reset in the midst of the content. */
        ABANDONED
    }

    /** How an attempt to log in ended. */
    enum LoginResult {
        ACCEPTED,
        /** No such user, or a wrong password. */
        REFUSED,
        /** Not looked at, because too many attempts from that address had failed. */
        LIMITED,
        /** Nobody could say now. */
        UNAVAILABLE
    }

    /** An observer that counts nothing. */
    SessionObserver NONE = new SessionObserver() {};

    /** A connection was taken. */
    default void connectionOpened() {}

    /** A taken connection ended. */
    default void connectionClosed() {}

    /** A connection was turned away: too many, an untrusted proxy, a broken PROXY header. */
    default void connectionRefused() {}

    /**
     * A client was refused for its address: at most once a connection, which was taken before.
     *
     * @param rule {@code filter:} and a filter's name, or {@code dnsbl:} and a block list's
     */
    default void clientBlocked(String rule) {}

    /** A client of a submission listener sent a name and a password. */
    default void loginEnded(LoginResult result) {}

    /**
     * A transaction that had got as far as its content ended.
     *
     * @param bytes how many bytes of content had arrived
     */
    default void transactionEnded(Result result, long bytes) {}

    /** A check was carried out, for better or worse; not called for one that nobody asked for. */
    default void checked(Verdicts.Check check, Verdict verdict) {}
}
