package io.waypost.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

    private static final byte[] SECRET = "wJalrXUtnFEMI/K7MDEN".getBytes(StandardCharsets.US_ASCII);
    private static final String OWNER = "access-key 123456789012 AKIDEXAMPLE";

    @TempDir
    Path data;

    private Sealing sealing() {
        return new Sealing(data, new SecureRandom());
    }

    private Path file() {
        return data.resolve("keys/master.key");
    }

    @Test
    void whatIsSealedOpensAlsoInAnotherProcess() throws IOException {
        String sealed = sealing().seal(SECRET, OWNER);

        assertThat(sealing().open(sealed, OWNER)).isEqualTo(SECRET);
        assertThat(sealed).matches("[!-~]+").doesNotContain("wJalr");
        assertThat(sealing().open(sealing().seal(new byte[0], OWNER), OWNER)).isEmpty();
    }

    @Test
    void theSameSecretIsNeverSealedTwiceTheSameWay() throws IOException {
        Sealing sealing = sealing();

        assertThat(sealing.seal(SECRET, OWNER).split(":")[2])
                .isNotEqualTo(sealing.seal(SECRET, OWNER).split(":")[2]);
        assertThat(sealing.seal(SECRET, OWNER).split(":")[3])
                .isNotEqualTo(sealing.seal(SECRET, OWNER).split(":")[3]);
    }

    @Test
    void aDerivedKeyIsTheSameEachTimeAndAnotherForEachPurpose() throws IOException {
        assertThatThrownBy(() -> sealing().derivedBefore("receipts")).hasMessageContaining("is missing");
        byte[] key = sealing().derive("receipts").getEncoded();

        assertThat(key).hasSize(32).isEqualTo(sealing().derive("receipts").getEncoded());
        assertThat(sealing().derivedBefore("receipts").getEncoded()).isEqualTo(key);
        assertThat(sealing().derive("others").getEncoded()).isNotEqualTo(key);
        assertThat(Files.readString(file()).strip())
                .isNotEqualTo(java.util.Base64.getEncoder().encodeToString(key));
    }

    @Test
    void onlyTheOwnerReadsTheMasterKey() throws IOException {
        sealing().seal(SECRET, OWNER);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        assertThat(file().resolveSibling("master.key.new")).doesNotExist();
    }

    @Test
    void aSecretOpensForItsOwnerOnly() throws IOException {
        Sealing sealing = sealing();
        String sealed = sealing.seal(SECRET, OWNER);

        assertThatThrownBy(() -> sealing.open(sealed, "access-key 210987654321 AKIDEXAMPLE"))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("was changed, or was sealed for something else");
    }

    @Test
    void everyChangedCharacterIsFound() throws IOException {
        Sealing sealing = sealing();
        String sealed = sealing.seal(SECRET, OWNER);

        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> sealing.open(changed, OWNER))
                    .as(changed)
                    .isInstanceOf(SealingException.class)
                    .message()
                    .doesNotContain("wJalr");
        }
        for (int i = 0; i < sealed.length(); i++) {
            String shorter = sealed.substring(0, i);
            assertThatThrownBy(() -> sealing.open(shorter, OWNER)).as(shorter).isInstanceOf(SealingException.class);
        }
    }

    @Test
    void aLostMasterKeyIsNamedAndNotMadeAnewByReading() throws IOException {
        String sealed = sealing().seal(SECRET, OWNER);
        Files.delete(file());

        assertThatThrownBy(() -> sealing().open(sealed, OWNER))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("the master key " + file() + " is missing");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aChangedMasterKeyIsNamed() throws IOException {
        String sealed = sealing().seal(SECRET, OWNER);
        Files.delete(file());
        sealing().seal(SECRET, OWNER);

        assertThatThrownBy(() -> sealing().open(sealed, OWNER))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining(OWNER + " was sealed with the master key ")
                .hasMessageContaining("the file " + file() + " now holds the key ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "MDEyMzQ1Njc4OWFiY2RlZg==", "not base64 at all, but long enough to be a key"})
    void whatIsNoMasterKeyIsNeverReplaced(String text) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);

        assertThatThrownBy(() -> sealing().seal(SECRET, OWNER))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("the master key " + file() + " is not the base64 of 32 bytes")
                .hasNoCause();
        assertThat(file()).hasContent(text);
    }

    @Test
    void manyWhoSealFirstMakeOneMasterKey() throws Exception {
        Set<String> masters = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> work = IntStream.range(0, 32)
                    .mapToObj(_ -> (Callable<String>) () -> sealing().seal(SECRET, OWNER))
                    .toList();
            for (Future<String> sealed : threads.invokeAll(work)) {
                assertThat(sealing().open(sealed.get(), OWNER)).isEqualTo(SECRET);
                masters.add(sealed.get().split(":")[1]);
            }
        }
        assertThat(masters).hasSize(1);
    }
}
