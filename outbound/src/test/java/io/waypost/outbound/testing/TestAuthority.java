package io.waypost.outbound.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate authority for tests, made by the JDK's keytool, and the certificates that it issued. */
public final class TestAuthority {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String AUTHORITY = "authority";

    private final Path file;

    public TestAuthority(Path folder) throws Exception {
        file = folder.resolve("authority.p12");
        keytool(AUTHORITY, "-dname", "CN=Test authority", "-ext", "bc:c");
    }

    /** A certificate for host names, and its chain up to the authority. */
    public TestAuthority issue(String alias, String... names) throws Exception {
        keytool(alias, "-dname", "CN=" + names[0], "-signer", AUTHORITY, "-ext", san(names));
        return this;
    }

    /** The same, no longer valid. */
    public TestAuthority issueExpired(String alias, String... names) throws Exception {
        keytool(
                alias,
                "-dname",
                "CN=" + names[0],
                "-signer",
                AUTHORITY,
                "-ext",
                san(names),
                "-startdate",
                "-30d",
                "-validity",
                "10");
        return this;
    }

    /** A certificate that nobody else vouches for. */
    public TestAuthority selfSigned(String alias, String... names) throws Exception {
        keytool(alias, "-dname", "CN=" + names[0], "-ext", san(names));
        return this;
    }

    private static String san(String... names) {
        return "SAN=dns:" + String.join(",dns:", names);
    }

    private void keytool(String alias, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
        }
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    /** The certificates of an alias, its own first. */
    public List<X509Certificate> chain(String alias) throws Exception {
        List<X509Certificate> chain = new ArrayList<>();
        for (java.security.cert.Certificate certificate : keys().getCertificateChain(alias)) {
            chain.add((X509Certificate) certificate);
        }
        return chain;
    }

    /** A TLS server with the certificate of an alias. */
    public SSLContext server(String alias) throws Exception {
        KeyStore all = keys();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** Its own certificate, as a file for configuration. */
    public String pem() throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(chain(AUTHORITY).getFirst().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Believes this authority and no other. */
    public X509TrustManager trust() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, chain(AUTHORITY).getFirst());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
