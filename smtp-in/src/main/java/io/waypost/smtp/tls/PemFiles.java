package io.waypost.smtp.tls;

import io.waypost.smtp.CertificateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;

/** Reads a certificate chain and its private key from PEM files (RFC 7468). */
final class PemFiles {

    private static final int LARGEST = 1024 * 1024;

    private PemFiles() {}

    /** @throws CertificateException with one line that names the file and what is wrong with it */
    static SSLContext load(CertificateFiles files) throws CertificateException {
        Certificate[] chain = chain(files.chain());
        PrivateKey key = key(files.key());
        requirePair(files, chain[0].getPublicKey(), key);
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("waypost", key, new char[0], chain);
            return Contexts.of(keys, new char[0]);
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateException("cannot use " + files.chain() + " for TLS: " + e.getMessage(), e);
        }
    }

    private static Certificate[] chain(Path file) throws CertificateException {
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read(file).getBytes(StandardCharsets.US_ASCII)));
            if (chain.isEmpty()) {
                throw new CertificateException("no certificate in " + file);
            }
            return chain.toArray(Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("no usable certificate chain in " + file + ": " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) throws CertificateException {
        try {
            return PrivateKeys.parse(read(file));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key: only its own words go into the message.
            throw new CertificateException("no usable private key in " + file + ": " + e.getMessage());
        }
    }

    private static String read(Path file) throws CertificateException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new CertificateException(file + " is too large for a PEM file");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CertificateException(
                    "cannot read " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static void requirePair(CertificateFiles files, PublicKey certified, PrivateKey key)
            throws CertificateException {
        try {
            String algorithm =
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    };
            byte[] probe = "waypost".getBytes(StandardCharsets.US_ASCII);
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certified);
            verifier.update(probe);
            if (verifier.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // A key of another kind does not fit either.
        }
        throw new CertificateException(
                "the key " + files.key() + " does not belong to the certificate " + files.chain());
    }
}
