package io.waypost.smtp.checks.dkim;

import static io.waypost.smtp.checks.dkim.SignedMail.RSA_NAME;
import static io.waypost.smtp.checks.dkim.SignedMail.row;
import static io.waypost.smtp.checks.dkim.SignedMail.rsa;
import static io.waypost.smtp.checks.dkim.TestVerifier.dns;
import static io.waypost.smtp.checks.dkim.TestVerifier.results;
import static io.waypost.smtp.checks.dkim.TestVerifier.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6376 4 and 6.1: the signatures of a mail one by one, and what is told of each. */
class DkimVerifierTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("several")
    void signatures(SignedMail row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<SignedMail> several() {
        TestMail ten = PLAIN;
        for (int i = 0; i < 10; i++) {
            ten = TestSigner.with(TestKey.ED25519).sign(ten);
        }
        TestMail twelve = TestSigner.rsa().sign(TestSigner.rsa().sign(ten));
        String passes = String.join(", ", java.util.Collections.nCopies(10, "pass"));
        return Stream.of(
                row(
                        "4.2: two signatures, the upper is broken",
                        rsa("b", "AAAA").sign(TestSigner.with(TestKey.ED25519).sign(PLAIN)),
                        "fail: the signature does not fit the signed header fields, pass"),
                row(
                        "4.2: two forms of the body",
                        rsa("c", "relaxed/simple")
                                .sign(TestSigner.with(TestKey.ED25519).sign(PLAIN)),
                        "pass, pass"),
                row("6.1: ten signatures", ten, passes),
                row("6.1: twelve signatures", twelve, passes + ", policy: 2 more signatures were not looked at"));
    }

    @Test
    void aKeyIsAskedForOnce() {
        TestMail mail = TestSigner.rsa()
                .sign(TestSigner.rsa().sign(TestSigner.with(TestKey.ED25519).sign(PLAIN)));
        FakeDns dns = dns();

        assertThat(results(mail, dns)).isEqualTo("pass, pass, pass");
        assertThat(dns.questions).containsExactly("TXT " + RSA_NAME, "TXT ed._domainkey.example.com");
    }

    @Test
    void nothingIsAskedAboutASignatureThatCannotPass() {
        FakeDns dns = dns();

        assertThat(results(rsa("a", "rsa-sha1").sign(rsa("v", "2").sign(PLAIN)), dns))
                .isEqualTo("permerror: rsa-sha1 is not secure, permerror: unknown version \"2\"");
        assertThat(dns.questions).isEmpty();
    }

    @Test
    void aResultNamesItsSignature() {
        TestMail mail = rsa("i", "Alice@news.example.com").sign(PLAIN);
        DkimResult result = verify(mail, dns()).getFirst();

        assertThat(result.domain()).isEqualTo("example.com");
        assertThat(result.selector()).isEqualTo("rsa");
        assertThat(result.identity()).contains("Alice@news.example.com");
        assertThat(result.algorithm()).hasToString("Optional[rsa-sha256]");
        assertThat(mail.text()).contains("b=" + result.signaturePrefix());
        assertThat(result.signaturePrefix()).hasSize(8);
    }

    @Test
    void soDoesThatOfASignatureThatIsMalformedElsewhere() {
        DkimResult result = verify(rsa("x", "soon").tag("d", "EXAMPLE.com").sign(PLAIN), dns())
                .getFirst();

        assertThat(result.domain()).isEqualTo("example.com");
        assertThat(result.selector()).isEqualTo("rsa");
        assertThat(result.signaturePrefix()).hasSize(8);
    }

    @Test
    void whatCannotBeShownIsLeftOut() {
        DkimResult result = verify(
                        rsa("i", "=22=0D=0AX:=22@example.com")
                                .tag("b", "ab\u00e9cdefgh")
                                .sign(PLAIN),
                        dns())
                .getFirst();

        assertThat(result.identity()).contains("@example.com");
        assertThat(result.signaturePrefix()).isEqualTo("ab");
    }
}
