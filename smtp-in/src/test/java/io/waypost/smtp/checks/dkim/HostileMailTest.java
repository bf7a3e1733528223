package io.waypost.smtp.checks.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.checks.arc.ArcResult;
import io.waypost.smtp.checks.arc.ArcValidator;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.Result;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails made to keep a server busy: a header of 256 KB of the worst, judged in a moment, and never as a pass. */
class HostileMailTest {

    /** A hundred times what each of them needs, for a machine that does something else meanwhile. */
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private static final int HEADER = HeaderBlock.DEFAULT_LIMIT - 1024;
    private static final String RIGHT = "v=1; a=rsa-sha256; d=example.com; s=rsa; bh=AAAA; b=AAAA; h=from";

    record Hostile(String name, String header) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hostile> headers() {
        return Stream.of("DKIM-Signature", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results")
                .flatMap(name -> Stream.of(
                        new Hostile(name + " of semicolons", filled(name + ":", ";")),
                        new Hostile(name + " of tags", filled(name + ":", "a=;")),
                        new Hostile(name + " of equals signs", filled(name + ": a", "=")),
                        new Hostile(name + " of blanks", filled(name + ": a=", " ")),
                        new Hostile(name + " of folded lines", filled(name + ": a=b;", "\r\n ")),
                        new Hostile(name + " of brackets", filled(name + ": i=1;", "(")),
                        new Hostile(name + " of names", filled(name + ": " + RIGHT, ":x")),
                        new Hostile(name + " of base64", filled(name + ": " + RIGHT + "; n=", "A\r\n ")),
                        new Hostile(name + " again and again", filled("", name + ": " + RIGHT + ":x:x:x; i=1\r\n")),
                        new Hostile(name + ", short, again and again", filled("", name + ":\r\n"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void aHeaderOfTheWorst(Hostile hostile) {
        FakeDns dns = TestVerifier.dns();
        TestMail mail = new TestMail(hostile.header() + "\r\n\r\nbody\r\n");

        assertTimeoutPreemptively(MOMENT, () -> {
            List<DkimResult> results = TestVerifier.verify(mail, dns);
            ArcResult chain =
                    new ArcValidator(InstantSource.fixed(TestVerifier.NOW)).validate(mail.header(), mail.bodies(), dns);

            assertThat(results).extracting(DkimResult::result).doesNotContain(Result.PASS);
            assertThat(results).hasSizeLessThanOrEqualTo(BodyHashes.MOST_SIGNATURES + 1);
            assertThat(chain.status()).isNotEqualTo(ArcResult.Status.PASS);
        });
        assertThat(dns.questions).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void tenSignaturesOfAllFieldsThereAre() {
        String fields = filled("From: a@example.com\r\n", "X: y\r\n");
        String names = "from" + ":x".repeat(255);
        TestMail mail = new TestMail(fields + "\r\nbody\r\n");
        for (int i = 0; i < 10; i++) {
            mail = TestSigner.with(TestKey.ED25519).tag("h", names).sign(mail);
        }
        TestMail signed = mail;

        assertTimeoutPreemptively(MOMENT, () -> assertThat(TestVerifier.verify(signed, TestVerifier.dns()))
                .hasSize(10)
                .extracting(DkimResult::result)
                .containsOnly(Result.PASS));
    }

    @Test
    void aBodyOfNothingButLineEnds() {
        BodyHashes hashes = BodyHashes.wanted(
                TestSigner.rsa().tag("c", "simple/relaxed").sign(TestMail.PLAIN).header());
        byte[] ends = TestMail.octets("\r\n".repeat(32 * 1024));

        assertTimeoutPreemptively(MOMENT, () -> {
            for (int i = 0; i < 1024; i++) {
                hashes.update(ends, 0, ends.length);
            }
            hashes.update(new byte[] {'x'}, 0, 1);
            hashes.finish();
        });
    }

    private static String filled(String beginning, String piece) {
        return beginning + piece.repeat((HEADER - beginning.length()) / piece.length());
    }
}
