package io.waypost.smtp.checks.dkim;

import static io.waypost.smtp.checks.dkim.SignedMail.record;
import static io.waypost.smtp.checks.dkim.SignedMail.row;
import static io.waypost.smtp.checks.dkim.TestVerifier.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8301 3.2 and RFC 8463 4: the keys in the records. */
class PublicKeyTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void isUsed(SignedMail row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<SignedMail> keys() throws Exception {
        TestMail signed = TestSigner.rsa().sign(PLAIN);
        TestMail ed25519 = TestSigner.with(TestKey.ED25519).sign(PLAIN);
        RSAPublicKey key = (RSAPublicKey) TestKey.RSA.pair().getPublic();
        byte[] info = key.getEncoded();
        // The RSAPublicKey inside: behind 19 octets of algorithm and the BIT STRING's head of 5.
        byte[] inner = Arrays.copyOfRange(info, 24, info.length);
        String shortKey =
                rsaText(BigInteger.ONE.shiftLeft(767).add(BigInteger.TEN).setBit(0), key.getPublicExponent());
        String longKey = rsaText(BigInteger.ONE.shiftLeft(4999).setBit(0), key.getPublicExponent());
        String dearKey = rsaText(key.getModulus(), BigInteger.ONE.shiftLeft(64).setBit(0));
        return Stream.of(
                row(
                        "RFC 8301 3.2: 1024 bits pass with a remark",
                        TestSigner.with(TestKey.RSA_1024).sign(PLAIN),
                        "pass: an RSA key of 1024 bits"),
                record("RFC 8301 3.2: 768 bits", signed, shortKey, "policy: an RSA key of 768 bits is not accepted"),
                record("RFC 8301 3.2: 5000 bits", signed, longKey, "policy: an RSA key of 5000 bits is not accepted"),
                record(
                        "RFC 8301 3.2: an exponent of 65 bits",
                        signed,
                        dearKey,
                        "policy: an RSA exponent of more than 64 bits is not accepted"),
                record(
                        "3.6.1: the bare RSAPublicKey",
                        signed,
                        "p=" + Base64.getEncoder().encodeToString(inner),
                        "pass"),
                record("3.6.1: not base64", signed, "p=a*b", "permerror: the key is not base64"),
                record("3.6.1: no key", signed, "p=AAAA", "permerror: the octets of the key are no usable RSA key"),
                record(
                        "3.6.1: another key",
                        signed,
                        "p=" + TestKey.RSA_1024.text(),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "RFC 8463 4.1: an Ed25519 key of 31 octets",
                        ed25519,
                        new FakeDns()
                                .txt(
                                        "ed._domainkey.example.com",
                                        "k=ed25519; p=" + Base64.getEncoder().encodeToString(new byte[31])),
                        "permerror: an Ed25519 key has 32 octets, this one 31"),
                row(
                        "RFC 8463 4.1: an Ed25519 key that is no point of the curve",
                        ed25519,
                        new FakeDns()
                                .txt(
                                        "ed._domainkey.example.com",
                                        "k=ed25519; p=" + Base64.getEncoder().encodeToString(filled())),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "RFC 8463 4.2: k= is missing",
                        ed25519,
                        new FakeDns().txt("ed._domainkey.example.com", "p=" + TestKey.ED25519.text()),
                        "permerror: the key is \"rsa\", the signature ed25519"));
    }

    private static byte[] filled() {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) 0xff);
        return octets;
    }

    private static String rsaText(BigInteger modulus, BigInteger exponent) throws Exception {
        return "p="
                + Base64.getEncoder()
                        .encodeToString(KeyFactory.getInstance("RSA")
                                .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                                .getEncoded());
    }
}
