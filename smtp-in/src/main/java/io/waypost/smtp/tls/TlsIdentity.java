package io.waypost.smtp.tls;

import javax.net.ssl.SSLContext;

/** Who the server is under TLS. Asked at each handshake, by any thread. */
@FunctionalInterface
public interface TlsIdentity {

    /** The context with the certificate of this moment. */
    SSLContext context();
}
