package io.waypost.outbound.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.outbound.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoritiesTest {

    @TempDir
    Path folder;

    @Test
    void thoseOfTheFileAreBelievedBesideThoseOfJava() throws Exception {
        TestAuthority first = new TestAuthority(Files.createDirectories(folder.resolve("1")));
        TestAuthority second = new TestAuthority(Files.createDirectories(folder.resolve("2"))).issue("x", "x.example");
        X509TrustManager manager =
                Authorities.with(Files.writeString(folder.resolve("trust.pem"), first.pem() + second.pem()));

        TrustManagerFactory java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.init((KeyStore) null);
        X509Certificate[] known = ((X509TrustManager) java.getTrustManagers()[0]).getAcceptedIssuers();
        assertThat(known).isNotEmpty();
        assertThat(manager.getAcceptedIssuers()).contains(known).hasSize(known.length + 2);
        manager.checkServerTrusted(second.chain("x").toArray(new X509Certificate[0]), "ECDHE_ECDSA");
        List<X509Certificate> stranger = new TestAuthority(Files.createDirectories(folder.resolve("3")))
                .selfSigned("y", "y.example")
                .chain("y");
        assertThatThrownBy(() -> manager.checkServerTrusted(stranger.toArray(new X509Certificate[0]), "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("certification path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutCertificatesIsAFault(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("trust.pem"), text);
        assertThatThrownBy(() -> Authorities.with(file))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(file.toString());
    }
}
