package io.waypost.message;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt at one effect. */
public sealed interface Outcome {

    /** A short text for the trace and the log: what the other side said, without secrets and without mail content. */
    String detail();

    /**
     * The effect is done, durably as far as the other side promises.
     *
     * @param disposition what this means for the steps behind it
     */
    record Done(Disposition disposition, String detail) implements Outcome {}

    /**
     * It did not work, and may work later.
     *
     * @param notBefore the other side's own wish (Retry-After), if it had one
     * @param alone the other side answered, and what it said is about this effect only: nothing is learned about others for it
     */
    record Retry(String detail, Optional<Duration> notBefore, boolean alone) implements Outcome {

        /** As far as anybody knows the other side is to blame. */
        public Retry(String detail, Optional<Duration> notBefore) {
            this(detail, notBefore, false);
        }
    }

    /** It will never work as it is (410, a bad name): the effect is dead at once, kept and listed. */
    record Failed(String detail) implements Outcome {}

    static Outcome done(String detail) {
        return new Done(Disposition.CONTINUE, detail);
    }

    static Outcome retry(String detail) {
        return new Retry(detail, Optional.empty());
    }

    static Outcome failed(String detail) {
        return new Failed(detail);
    }
}
