package io.waypost.api.sns;

import io.waypost.api.secret.Sealing;
import io.waypost.message.certificate.Keytool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key that signs envelopes, with its self-signed certificate, made at the first start and kept sealed. A certificate that soon
 * runs out is followed by a new key; subscribers find the certificate by the URL in each envelope.
 */
public final class EnvelopeKey {

    private static final String FILE = "topic-signing.sealed";
    private static final String BELONGS_TO = "the key that signs topics' envelopes";
    private static final Duration AHEAD = Duration.ofDays(30);

    private final PrivateKey key;
    private final byte[] certificate;
    private final String path;

    private EnvelopeKey(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        byte[] der = certificate.getEncoded();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
        this.key = key;
        this.path = "/SimpleNotificationService-" + HexFormat.of().formatHex(digest, 0, 16) + ".pem";
        // RFC 7468 5.1.
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END CERTIFICATE-----\n";
        this.certificate = pem.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether there is one in this folder, so that it has only to be opened. */
    public static boolean isIn(Path keys) {
        return Files.exists(keys.resolve(FILE));
    }

    /**
     * The key in this folder, made if there is none.
     *
     * @param keys a folder for keys, made if need be
     * @param hostname what the certificate is for
     * @throws IOException when it can be neither opened nor made, with the reason
     */
    public static EnvelopeKey in(Path keys, Sealing sealing, String hostname, Instant now) throws IOException {
        Path file = keys.resolve(FILE);
        try {
            if (Files.exists(file)) {
                KeyStore store = read(sealing.open(Files.readString(file).strip(), BELONGS_TO));
                X509Certificate certificate = certificate(store);
                if (certificate.getNotAfter().toInstant().isAfter(now.plus(AHEAD))) {
                    return of(store);
                }
            }
            return of(read(make(keys, file, sealing, hostname)));
        } catch (GeneralSecurityException e) {
            throw new IOException(BELONGS_TO + " cannot be used: " + e.getMessage(), e);
        }
    }

    // Made beside its place and moved there whole: a start that was cut short leaves nothing half made.
    private static byte[] make(Path keys, Path file, Sealing sealing, String hostname) throws IOException {
        Files.createDirectories(keys);
        Path work = Files.createTempDirectory(keys, ".topic-signing");
        Path made = work.resolve("made.p12");
        Path sealed = work.resolve(FILE);
        try {
            Keytool.make(made, hostname);
            byte[] bytes = Files.readAllBytes(made);
            Files.writeString(sealed, sealing.seal(bytes, BELONGS_TO) + "\n");
            Files.move(sealed, file, StandardCopyOption.ATOMIC_MOVE);
            return bytes;
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(sealed);
            Files.deleteIfExists(work);
        }
    }

    private static KeyStore read(byte[] bytes) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), Keytool.PASSWORD.toCharArray());
        return store;
    }

    private static EnvelopeKey of(KeyStore store) throws GeneralSecurityException {
        String alias = store.aliases().nextElement();
        PrivateKey key = (PrivateKey) store.getKey(alias, Keytool.PASSWORD.toCharArray());
        return new EnvelopeKey(key, certificate(store));
    }

    private static X509Certificate certificate(KeyStore store) throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    }

    public PrivateKey privateKey() {
        return key;
    }

    /** Where the HTTP port serves the certificate: {@code /SimpleNotificationService-HASH.pem}. */
    public String certificatePath() {
        return path;
    }

    /** The certificate as PEM text. */
    public byte[] certificatePem() {
        return certificate.clone();
    }
}
