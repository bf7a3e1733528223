package io.waypost.outbound.smtp;

import java.io.IOException;

/** The TLS handshake failed; opportunistic TLS then tries a new connection without it. */
final class TlsFaultException extends IOException {

    private static final long serialVersionUID = 1L;

    TlsFaultException(IOException cause) {
        super("TLS handshake: " + cause.getMessage(), cause);
    }
}
