package io.waypost.smtp.checks.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.message.dkim.BodySum;
import io.waypost.message.dkim.Signer;
import io.waypost.message.dkim.SigningKey;
import io.waypost.smtp.checks.signature.Dkimpy;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Waypost signs, its own verifier takes, and nothing that was changed on the way. */
class OwnSignatureTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    static Stream<TestKey> keys() {
        return Stream.of(TestKey.RSA, TestKey.ED25519);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void passes(TestKey key) {
        assertThat(results(signed(TestMail.PLAIN, key))).isEqualTo("pass");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void severalSignaturesPassBesideEachOther(TestKey key) {
        assertThat(results(signed(signed(TestMail.PLAIN, key), TestKey.RSA))).isEqualTo("pass, pass");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aMailWithoutBodyPasses(TestKey key) {
        assertThat(results(signed(new TestMail("From: a@example.com\r\n\r\n"), key)))
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void whiteSpaceMayChange(TestKey key) {
        assertThat(results(
                        signed(TestMail.PLAIN, key).replace("Hi  Bob", "Hi Bob").replace("Lunch  on", "Lunch on")))
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void wordsMayNot(TestKey key) {
        assertThat(results(signed(TestMail.PLAIN, key).replace("Hi  Bob", "Hi  Rob")))
                .startsWith("fail");
        assertThat(results(signed(TestMail.PLAIN, key).replace("Lunch", "Launch")))
                .startsWith("fail");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anotherFieldInFrontBreaksIt(TestKey key) {
        for (String name : new String[] {"From", "Subject", "To", "Date", "Message-ID"}) {
            assertThat(results(signed(TestMail.PLAIN, key).with(name + ": evil\r\n")))
                    .as(name)
                    .startsWith("fail");
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anIndependentVerifierAgrees(TestKey key) throws Exception {
        TestMail mail = signed(TestMail.PLAIN, key);
        assertThat(Dkimpy.verdict(mail, key)).isEqualTo("pass");
        assertThat(Dkimpy.verdict(mail.replace("Hi  Bob", "Hi  Rob"), key)).isEqualTo("fail");
        assertThat(Dkimpy.verdict(mail.with("From: evil@example.org\r\n"), key)).isNotEqualTo("pass");
    }

    @Property(tries = 200)
    void whateverIsSignedPasses(@ForAll("headers") String header, @ForAll("bodies") String body) {
        TestMail mail = new TestMail("From: a@example.com\r\n" + header + "\r\n" + body);
        assertThat(results(signed(mail, TestKey.ED25519))).isEqualTo("pass");
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.of(
                        "To: b@example.org\r\n",
                        "Subject:\r\n",
                        "subject : folded\r\n\t twice \r\n  x\r\n",
                        "To:  c@example.org  \r\n",
                        "List-Unsubscribe: <https://example.com/u>\r\n",
                        "X-Other: y\r\n",
                        "REFERENCES: " + "<1@example.com> ".repeat(40) + "\r\n")
                .list()
                .ofMaxSize(8)
                .map(fields -> String.join("", fields));
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of("\r\n", " ", "\t", "word", ".", "\u00e9")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    private static TestMail signed(TestMail mail, TestKey key) {
        BodySum sum = new BodySum();
        byte[] body = TestMail.octets(mail.body());
        sum.update(body, 0, body.length);
        SigningKey signing = new SigningKey(
                new Domain(key.domain()), key.selector(), key.pair().getPrivate());
        byte[] field = Signer.sign(signing, mail.header(), sum.finish(), NOW);
        assertThat(new String(field, StandardCharsets.ISO_8859_1).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
        return mail.with(new String(field, StandardCharsets.ISO_8859_1));
    }

    private static String results(TestMail mail) {
        return TestVerifier.results(mail, TestVerifier.dns());
    }
}
