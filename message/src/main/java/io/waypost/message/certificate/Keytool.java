package io.waypost.message.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes an RSA key of 2048 bits with a self-signed X.509 certificate for ten years, by the JDK's own keytool. */
public final class Keytool {

    /** PKCS #12 wants a password; what protects the file protects the key. */
    public static final String PASSWORD = "waypost";

    private Keytool() {}

    /**
     * Makes a new PKCS #12 file of {@link #PASSWORD} that only its owner may read.
     *
     * @param file must not exist yet; its folder must
     * @param hostname what the certificate is for
     * @throws IOException when none can be made, with the reason
     */
    public static void make(Path file, String hostname) throws IOException {
        if (!hostname.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
            throw new IOException("no certificate can be made for the host name " + hostname);
        }
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
                file.toString(),
                "-storepass",
                PASSWORD));
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool could not make a certificate: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making a certificate", e);
        } finally {
            process.destroy();
        }
    }
}
