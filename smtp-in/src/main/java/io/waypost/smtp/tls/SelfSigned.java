package io.waypost.smtp.tls;

import io.waypost.message.certificate.Keytool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;

/**
 * A certificate that the server made for itself: enough for opportunistic TLS between mail servers, which do not verify names
 * unless MTA-STS or DANE say so. Made once by the JDK's own keytool and kept in a file that only its owner may read.
 */
public final class SelfSigned {

    private static final String FILE = "self-signed.p12";

    private SelfSigned() {}

    /**
     * The certificate in this folder, made if there is none.
     *
     * @throws CertificateException when it can be neither read nor made
     */
    public static TlsIdentity in(Path folder, String hostname) throws CertificateException {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                make(folder, file, hostname);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, Keytool.PASSWORD.toCharArray());
            }
            SSLContext context = Contexts.of(keys, Keytool.PASSWORD.toCharArray());
            return () -> context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateException("cannot use the self-signed certificate " + file + ": " + e, e);
        }
    }

    private static void make(Path folder, Path file, String hostname) throws IOException {
        Files.createDirectories(folder);
        // Made beside its place and moved there whole: a start that was cut short leaves nothing half made.
        Path work = Files.createTempDirectory(folder, ".self-signed");
        try {
            Path made = work.resolve(FILE);
            Keytool.make(made, hostname);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(work.resolve(FILE));
            Files.deleteIfExists(work);
        }
    }
}
