package io.waypost.api.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.secret.Sealing;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeKeyTest {

    @TempDir
    Path folder;

    private EnvelopeKey key(Instant now) throws Exception {
        return EnvelopeKey.in(folder.resolve("keys"), new Sealing(folder, new SecureRandom()), "mx.example.com", now);
    }

    @Test
    void itIsMadeOnceAndKeptSealed() throws Exception {
        EnvelopeKey first = key(Instant.now());
        EnvelopeKey second = key(Instant.now());
        assertThat(second.privateKey()).isEqualTo(first.privateKey());
        assertThat(second.certificatePath())
                .isEqualTo(first.certificatePath())
                .matches("/SimpleNotificationService-[0-9a-f]{32}\\.pem");
        try (var files = Files.list(folder.resolve("keys"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("topic-signing.sealed")
                    .noneMatch(name -> name.contains("p12") || name.startsWith(".topic-signing"));
        }
        assertThat(Files.readString(folder.resolve("keys/topic-signing.sealed")))
                .startsWith("sealed1:");
    }

    @Test
    void theCertificateIsThatOfTheKey() throws Exception {
        EnvelopeKey key = key(Instant.now());
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(key.certificatePem()));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=mx.example.com");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.privateKey());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void anotherFollowsBeforeItRunsOut() throws Exception {
        EnvelopeKey first = key(Instant.now());
        EnvelopeKey next = key(Instant.now().plus(Duration.ofDays(3630)));
        assertThat(next.certificatePath()).isNotEqualTo(first.certificatePath());
    }
}
