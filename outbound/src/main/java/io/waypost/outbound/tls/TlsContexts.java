package io.waypost.outbound.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes the client's side of TLS for each {@link Encryption}. Shared by all threads. */
public final class TlsContexts {

    private final SSLContext anybody;
    private final SSLContext verified;

    /** @param authorities who is believed; empty for those that come with Java */
    public TlsContexts(Optional<X509TrustManager> authorities) {
        this.anybody = context(new AnyCertificate());
        this.verified =
                context(authorities.map(manager -> new TrustManager[] {manager}).orElse(null));
    }

    /**
     * A TLS client on a connected socket, before its handshake. The handshake fails when the peer does not show what is asked for.
     *
     * @param host the name that the certificate must stand for, and that the peer is told (SNI); with DANE the records' name is instead
     */
    public SSLSocket client(Socket raw, String host, int port, Encryption encryption) throws IOException {
        SSLContext context =
                switch (encryption) {
                    case Encryption.Opportunistic o -> anybody;
                    case Encryption.Required r -> anybody;
                    case Encryption.Verified v -> verified;
                    case Encryption.Dane dane ->
                        context(new DaneCertificates(
                                dane.records(),
                                List.of(dane.base(), dane.domain().name())));
                };
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        // RFC 7672 3.1.1: with DANE nothing below 1.2 is of use to anybody; RFC 8996 for all others.
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (encryption instanceof Encryption.Verified) {
            // The rules of HTTPS for names in certificates are those of RFC 8461 4.1.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        // RFC 7672 7.1: with DANE, SNI tells the name that the records are about.
        serverName(encryption instanceof Encryption.Dane dane ? dane.base() : host)
                .ifPresent(name -> parameters.setServerNames(List.of(name)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Optional<SNIHostName> serverName(String host) {
        if (host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SSLContext context(TrustManager @org.jspecify.annotations.Nullable ... managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
