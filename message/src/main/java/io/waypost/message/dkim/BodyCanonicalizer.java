package io.waypost.message.dkim;

/**
 * Canonicalizes a body (RFC 6376 3.4.3, 3.4.4) that arrives in pieces of any cut, in constant memory. Only CR LF ends a line: a CR or
 * LF alone is a character like others. Never throws; for one thread at a time.
 */
public interface BodyCanonicalizer {

    void update(byte[] octets, int offset, int length);

    /** Nothing more comes. Called once. */
    void finish();
}
