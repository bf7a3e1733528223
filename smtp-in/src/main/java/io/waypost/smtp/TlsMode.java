package io.waypost.smtp;

/** How a listener uses TLS. */
public enum TlsMode {
    /** In clear until the client asks with STARTTLS (RFC 3207). */
    STARTTLS,
    /** From the first byte (RFC 8314 3). */
    IMPLICIT,
    /** Never; STARTTLS is not announced. */
    NONE
}
