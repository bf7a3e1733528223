package io.waypost.smtp.checks.arc;

import static io.waypost.smtp.checks.arc.SealedMail.SEAL_BROKEN;
import static io.waypost.smtp.checks.arc.SealedMail.row;
import static io.waypost.smtp.checks.arc.TestChain.LIST;
import static io.waypost.smtp.checks.arc.TestChain.chain;
import static io.waypost.smtp.checks.arc.TestChain.published;
import static io.waypost.smtp.checks.arc.TestChain.text;
import static io.waypost.smtp.checks.arc.TestChain.validate;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.testing.FakeDns;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8617 5.2: the keys of a chain. */
class SealerKeysTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("dns")
    void isJudged(SealedMail row) {
        assertThat(text(validate(row.mail(), row.dns()))).isEqualTo(row.expected());
    }

    static Stream<SealedMail> dns() {
        TestMail one = chain(1);
        TestMail mixed = TestSealer.of(2, LIST).on(one);
        String key = "rsa._domainkey.example.com";
        return Stream.of(
                new SealedMail(
                        "5.2: no key",
                        one,
                        new FakeDns(),
                        "FAIL: ARC-Message-Signature 1 of example.com: no key at " + key),
                new SealedMail(
                        "5.2: DNS does not answer",
                        one,
                        new FakeDns().failing(key),
                        "UNKNOWN: ARC-Message-Signature 1 of example.com: " + key + ": SERVFAIL"),
                new SealedMail(
                        "5.2: DNS does not answer about an older seal",
                        mixed,
                        LIST.publish(new FakeDns()).failing(key),
                        "UNKNOWN: ARC-Seal 1 of example.com: " + key + ": SERVFAIL"),
                new SealedMail(
                        "5.2: no key of an older seal",
                        mixed,
                        LIST.publish(new FakeDns()),
                        "FAIL: ARC-Seal 1 of example.com: no key at " + key),
                new SealedMail(
                        "5.2: DNS does not answer, and the body was changed",
                        one.replace("shall", "will"),
                        new FakeDns().failing(key),
                        "FAIL: ARC-Message-Signature 1 of example.com: the body was changed"),
                new SealedMail(
                        "5.2: revoked",
                        one,
                        new FakeDns().txt(key, "v=DKIM1; p="),
                        "FAIL: ARC-Message-Signature 1 of example.com: the key was revoked"),
                new SealedMail(
                        "5.2: of another domain",
                        one,
                        new FakeDns().txt(key, TestKey.RSA_1024.recordText()),
                        "FAIL: ARC-Message-Signature 1" + SEAL_BROKEN),
                new SealedMail(
                        "RFC 6376 3.6.1: t=s does not matter",
                        one,
                        new FakeDns().txt(key, "t=s; p=" + TestKey.RSA.text()),
                        "PASS"),
                new SealedMail(
                        "RFC 6376 3.6.1: t=y makes nothing good",
                        one.replace("Friday", "Sunday"),
                        new FakeDns().txt(key, "t=y; p=" + TestKey.RSA.text()),
                        "FAIL: ARC-Message-Signature 1" + SEAL_BROKEN + "; the domain tests DKIM (t=y)"),
                row(
                        "RFC 8301 3.2: 1024 bits",
                        TestSealer.of(1, TestKey.RSA_1024).on(PLAIN),
                        "PASS"));
    }

    @Test
    void equalKeysAreAskedForOnce() {
        FakeDns dns = published();

        assertThat(validate(TestSealer.of(5, LIST).on(chain(4)), dns).status()).isEqualTo(ArcResult.Status.PASS);
        assertThat(dns.questions)
                .containsExactlyInAnyOrder("TXT rsa._domainkey.example.com", "TXT list._domainkey.list.example");
    }
}
