package io.waypost.smtp.wire;

import io.waypost.smtp.Refusal;

/** Where content goes as it arrives. */
public interface Sink {

    /**
     * Takes octets of the content. A sink that no longer wants the content still takes it, up to a bound, so that the framing
     * is followed to its end.
     *
     * @throws Refusal when the peer went on beyond that bound: the connection must be closed
     */
    void write(byte[] octets, int offset, int length) throws Refusal;

    /** A line was longer than the limit; the content goes on. */
    void lineTooLong();
}
