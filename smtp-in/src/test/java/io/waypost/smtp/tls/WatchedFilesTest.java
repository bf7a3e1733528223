package io.waypost.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.smtp.CertificateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedFilesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/tls");
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private static CertificateFiles files(String chain, String key) {
        return new CertificateFiles(FIXTURES.resolve(chain), FIXTURES.resolve(key));
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.pem, rsa-pkcs8.key",
        "rsa.pem, rsa-pkcs1.key",
        "ec.pem, ec-pkcs8.key",
        "ec.pem, ec-sec1.key",
        "ed25519.pem, ed25519.key",
    })
    void takesEveryKindOfKey(String chain, String key) throws Exception {
        assertThat(new WatchedFiles(files(chain, key), () -> 0).context()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.pem, ec-pkcs8.key, 'does not belong to the certificate'",
        "ec.pem, rsa-pkcs1.key, 'does not belong to the certificate'",
        "rsa.pem, encrypted-pkcs8.key, 'the key is encrypted'",
        "rsa.pem, encrypted-pkcs1.key, 'the key is encrypted'",
        "rsa.pem, rsa.pem, 'no PEM block PRIVATE KEY'",
        "rsa-pkcs8.key, rsa-pkcs8.key, 'certificate'",
        "missing.pem, rsa-pkcs8.key, 'cannot read'",
        "rsa.pem, missing.key, 'cannot read'",
    })
    void saysInOneLineWhatIsWrong(String chain, String key, String words) {
        assertThatThrownBy(() -> new WatchedFiles(files(chain, key), () -> 0))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(words)
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"RSA", "EC", "''"})
    void aBrokenKeyIsAnErrorNotAFailure(String kind) throws Exception {
        String name = (kind + " PRIVATE KEY").strip();
        for (String body : new String[] {"", "AAAA", "MAA=", "MIIBAgEA", "MAoCAQEEBQAAAAAA", "!!!!"}) {
            Path key = folder.resolve("broken.key");
            Files.writeString(key, "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n");
            assertThatThrownBy(() -> new WatchedFiles(new CertificateFiles(FIXTURES.resolve("rsa.pem"), key), () -> 0))
                    .isInstanceOf(CertificateException.class)
                    .hasMessageContaining("no usable private key");
        }
    }

    @Test
    void aChangedCertificateIsTakenAndABrokenOneIsNot() throws Exception {
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        copy("rsa.pem", chain);
        copy("rsa-pkcs1.key", key);
        AtomicLong now = new AtomicLong();
        WatchedFiles watched = new WatchedFiles(new CertificateFiles(chain, key), now::get);
        SSLContext first = watched.context();

        // Half of a renewal: the new chain with the old key.
        copy("ec.pem", chain);
        now.addAndGet(SECOND);
        assertThat(watched.context()).isSameAs(first);

        copy("ec-sec1.key", key);
        assertThat(watched.context()).as("looked at most once a second").isSameAs(first);
        now.addAndGet(SECOND);
        SSLContext second = watched.context();
        assertThat(second).isNotSameAs(first);

        Files.delete(key);
        now.addAndGet(SECOND);
        assertThat(watched.context()).isSameAs(second);

        now.addAndGet(SECOND);
        assertThat(watched.context()).isSameAs(second);
    }

    private static void copy(String fixture, Path target) throws Exception {
        Files.copy(FIXTURES.resolve(fixture), target, StandardCopyOption.REPLACE_EXISTING);
    }
}
