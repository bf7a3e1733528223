package io.waypost.smtp.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A certificate that the server made for itself: enough for opportunistic TLS between mail servers, which do not verify names
 * unless MTA-STS or DANE say so. Made once by the JDK's own keytool and kept in a file that only its owner may read.
 */
public final class SelfSigned {

    private static final String FILE = "self-signed.p12";

    /** PKCS #12 wants a password; the file's permissions are what protects the key. */
    private static final String PASSWORD = "waypost";

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
                keys.load(in, PASSWORD.toCharArray());
            }
            SSLContext context = Contexts.of(keys, PASSWORD.toCharArray());
            return () -> context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateException("cannot use the self-signed certificate " + file + ": " + e, e);
        }
    }

    private static void make(Path folder, Path file, String hostname) throws IOException, CertificateException {
        if (!hostname.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
            throw new CertificateException("no certificate can be made for the host name " + hostname);
        }
        Files.createDirectories(folder);
        // Made beside its place and moved there whole: a start that was cut short leaves nothing half made.
        Path work = Files.createTempDirectory(folder, ".self-signed");
        try {
            Path made = work.resolve(FILE);
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "waypost",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-sigalg",
                    "SHA256withRSA",
                    "-validity",
                    "3650",
                    "-dname",
                    // RFC 5280 allows 64 characters; the subject alternative name is what clients look at.
                    "CN=" + hostname.substring(0, Math.min(64, hostname.length())),
                    "-ext",
                    "SAN=dns:" + hostname,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    made.toString(),
                    "-storepass",
                    PASSWORD));
            if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(work.resolve(FILE));
            Files.deleteIfExists(work);
        }
    }

    private static void run(List<String> command) throws IOException, CertificateException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new CertificateException("keytool could not make a certificate: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertificateException("interrupted while making a certificate", e);
        } finally {
            process.destroy();
        }
    }
}
