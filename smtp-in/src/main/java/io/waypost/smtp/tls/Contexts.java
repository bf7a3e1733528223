package io.waypost.smtp.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes a TLS context for one key and its certificates. */
final class Contexts {

    /** The JDK keeps 20,480 sessions by default; mail servers seldom come back soon enough to use one. */
    private static final int SESSIONS = 2000;

    private Contexts() {}

    static SSLContext of(KeyStore keys, char[] password) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        // No client certificates are asked for.
        context.init(managers.getKeyManagers(), null, null);
        context.getServerSessionContext().setSessionCacheSize(SESSIONS);
        return context;
    }
}
