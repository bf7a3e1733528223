package io.waypost.api.aws;

/** Answers whole HTTP requests: what stands behind the HTTP port. May be wrapped, to measure or to log. */
@FunctionalInterface
public interface Door {

    /**
     * The answer, also to a request that is not understood or nobody's. Called on a virtual thread, by many at once, and may block;
     * what it throws is told as an internal failure.
     */
    WireResponse answer(WireRequest request);
}
