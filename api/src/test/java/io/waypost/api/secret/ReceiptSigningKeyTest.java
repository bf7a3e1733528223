package io.waypost.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptSigningKeyTest {

    @TempDir
    Path data;

    private ReceiptSigningKey key() throws IOException {
        SecureRandom random = new SecureRandom();
        return ReceiptSigningKey.in(data, new Sealing(data, random), random);
    }

    private Path file() {
        return data.resolve("keys/receipt-signing.sealed");
    }

    @Test
    void isMadeOnceAndStaysTheSame() throws IOException {
        assertThat(ReceiptSigningKey.isIn(data)).isFalse();
        ReceiptSigningKey made = key();
        ReceiptSigningKey opened = key();

        assertThat(ReceiptSigningKey.isIn(data)).isTrue();
        assertThat(opened.privateKey().getEncoded()).isEqualTo(made.privateKey().getEncoded());
        assertThat(opened.selector()).isEqualTo(made.selector()).matches("received-[0-9a-f]{8}");
        assertThat(opened.keyRecord()).matches("v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(made).hasToString("ReceiptSigningKey[" + made.selector() + "]");
    }

    @Test
    void anotherPublicHalfIsNotTaken() throws IOException {
        key();
        String text = Files.readString(file());
        Files.writeString(file(), (text.charAt(0) == 'A' ? "B" : "A") + text.substring(1));

        assertThatThrownBy(this::key).isInstanceOf(SealingException.class).hasMessageContaining("does not open");
    }

    @Test
    void whatIsNoKeyIsNeverReplaced() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "x");

        assertThatThrownBy(this::key)
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("does not hold the key");
        assertThat(file()).hasContent("x");
    }
}
