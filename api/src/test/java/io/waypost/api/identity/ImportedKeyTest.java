package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedKeyTest {

    // RFC 5208 5: in PKCS #8 of RSA the key of PKCS #1 (RFC 8017 A.1.2) begins behind 26 octets.
    private static final int BEFORE_PKCS1 = 26;

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048})
    void bothEncodingsAreTheSameKey(int bits) throws Exception {
        KeyPair pair = Setup.fewKeys().pair(bits);
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, BEFORE_PKCS1, pkcs8.length);

        for (byte[] encoded : new byte[][] {pkcs8, pkcs1}) {
            ImportedKey key = ImportedKey.of(base64(encoded));

            assertThat(key.bits()).isEqualTo(bits);
            assertThat(key.publicKey()).isEqualTo(base64(pair.getPublic().getEncoded()));
            assertSigns(key);
        }
    }

    private static void assertSigns(ImportedKey key) throws Exception {
        KeyFactory keys = KeyFactory.getInstance("RSA");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.generatePrivate(new PKCS8EncodedKeySpec(key.pkcs8())));
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        PublicKey open =
                keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey())));
        signature.initVerify(open);
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void otherKeysAreRefusedWithoutAWordOfThem() throws Exception {
        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(512);
        KeyPair curve = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] sound = Setup.fewKeys().pair(1024).getPrivate().getEncoded();

        assertRefused(base64(small.generateKeyPair().getPrivate().getEncoded()));
        assertRefused(base64(curve.getPrivate().getEncoded()));
        assertRefused(base64(Setup.fewKeys().pair(1024).getPublic().getEncoded()));
        assertRefused(base64(Arrays.copyOf(sound, sound.length - 1)));
        assertRefused(base64(new byte[20_000]));
        assertRefused("A");
        assertRefused("not base64");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> ImportedKey.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(text.length() > 20 ? text.substring(0, 20) : "\0");
    }
}
