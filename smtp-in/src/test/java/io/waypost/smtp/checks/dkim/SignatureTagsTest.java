package io.waypost.smtp.checks.dkim;

import static io.waypost.smtp.checks.dkim.SignedMail.row;
import static io.waypost.smtp.checks.dkim.SignedMail.rsa;
import static io.waypost.smtp.checks.dkim.TestVerifier.NOW;
import static io.waypost.smtp.checks.dkim.TestVerifier.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6376 3.5: what the algorithm, the length, the times and the identity of a signature mean. */
class SignatureTagsTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"algorithms", "lengths", "times", "identities"})
    void means(SignedMail row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<SignedMail> algorithms() {
        return Stream.of(
                row("3.3.2: rsa-sha256", TestSigner.rsa().sign(PLAIN), "pass"),
                row(
                        "RFC 8463 3: ed25519-sha256",
                        TestSigner.with(TestKey.ED25519).sign(PLAIN),
                        "pass"),
                row("3.3: a= in any case", rsa("a", "RSA-SHA256").sign(PLAIN), "pass"),
                row(
                        "RFC 8301 3.1: rsa-sha1 never passes",
                        rsa("a", "rsa-sha1").sign(PLAIN),
                        "permerror: rsa-sha1 is not secure"),
                row(
                        "3.3.4: an unknown algorithm",
                        rsa("a", "rsa-sha512").sign(PLAIN),
                        "permerror: unknown algorithm \"rsa-sha512\""),
                row(
                        "RFC 8463 3: an Ed25519 signature of the wrong length",
                        TestSigner.with(TestKey.ED25519).tag("b", "AAAA").sign(PLAIN),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "RFC 8463 3: an Ed25519 signature over something else",
                        TestSigner.with(TestKey.ED25519).sign(PLAIN).replace("Friday", "Sunday"),
                        "fail: the signature does not fit the signed header fields"));
    }

    static Stream<SignedMail> lengths() {
        int all = "Hi Bob,\r\n\r\nshall we?\r\n\r\nAlice\r\n".length();
        return Stream.of(
                row("3.5: l= is the whole body", rsa("l", "" + all).sign(PLAIN), "pass"),
                row(
                        "8.2: l= is all but one octet",
                        rsa("l", "" + (all - 1)).sign(PLAIN),
                        "policy: it signs only the first " + (all - 1) + " of " + all + " octets of the body"),
                row(
                        "8.2: text is appended behind l=",
                        rsa("l", "" + all).sign(PLAIN).append("Buy!\r\n"),
                        "policy: it signs only the first " + all + " of " + (all + 6) + " octets of the body"),
                row(
                        "8.2: l=0 signs no body at all",
                        rsa("l", "0").sign(PLAIN),
                        "policy: it signs only the first 0 of " + all + " octets of the body"),
                row("3.5: l=0 of no body", rsa("l", "0").sign(new TestMail(PLAIN.head())), "pass"),
                row(
                        "3.5: l= is more than there is",
                        rsa("l", "" + (all + 1)).sign(PLAIN),
                        "fail: the body is shorter than l="),
                row(
                        "3.5: what l= covers is changed",
                        rsa("l", "20").sign(PLAIN).replace("Bob,", "Rob,"),
                        "fail: the body was changed"),
                row(
                        "3.5: l= with 76 digits",
                        rsa("l", "9".repeat(76)).sign(PLAIN),
                        "fail: the body is shorter than l="),
                row(
                        "3.5: l= with 77 digits",
                        rsa("l", "9".repeat(77)).sign(PLAIN),
                        "permerror: l= is not a length: \"" + "9".repeat(40) + "...\""),
                row("3.5: l= is negative", rsa("l", "-1").sign(PLAIN), "permerror: l= is not a length: \"-1\""),
                row("3.5: l= is empty", rsa("l", "").sign(PLAIN), "permerror: l= is not a length: \"\""));
    }

    static Stream<SignedMail> times() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                row(
                        "3.5: t= in the past, x= to come",
                        rsa("t", "1000").tag("x", "" + (now + 9)).sign(PLAIN),
                        "pass"),
                row(
                        "3.5: x= is over",
                        rsa("x", "" + (now - 301)).sign(PLAIN),
                        "fail: it expired at 2026-11-23T07:54:59Z"),
                row(
                        "3.5: x= is just over, clocks differ",
                        rsa("x", "" + (now - 300)).sign(PLAIN),
                        "pass"),
                row(
                        "3.5: x= is not after t=",
                        rsa("t", "5").tag("x", "5").sign(PLAIN),
                        "permerror: x= is not after t="),
                row("3.5: x= is no number", rsa("x", "soon").sign(PLAIN), "permerror: x= is not a time: \"soon\""),
                row("3.5: x= in the year 33,658", rsa("x", "999999999999").sign(PLAIN), "pass"),
                row(
                        "3.5: t= with 13 digits",
                        rsa("t", "1000000000000").sign(PLAIN),
                        "permerror: t= is not a time: \"1000000000000\""),
                row(
                        "3.5: t= in the future",
                        rsa("t", "" + (now + 301)).sign(PLAIN),
                        "fail: it was made in the future, at 2026-11-23T08:05:01Z"),
                row(
                        "3.5: t= in the near future, clocks differ",
                        rsa("t", "" + (now + 300)).sign(PLAIN),
                        "pass"));
    }

    static Stream<SignedMail> identities() {
        return Stream.of(
                row("3.5: i= of the domain", rsa("i", "alice@example.com").sign(PLAIN), "pass"),
                row("3.5: i= without a local part", rsa("i", "@example.com").sign(PLAIN), "pass"),
                row("3.5: i= of a subdomain", rsa("i", "@news.Example.COM").sign(PLAIN), "pass"),
                row(
                        "3.5: i= in quoted-printable",
                        rsa("i", "a=3Db=40x@example=2Ecom").sign(PLAIN),
                        "pass"),
                row(
                        "3.5: i= in broken quoted-printable",
                        rsa("i", "a=4@example.com").sign(PLAIN),
                        "permerror: i= is not quoted-printable"),
                row(
                        "3.5: i= of another domain",
                        rsa("i", "@example.net").sign(PLAIN),
                        "permerror: i= does not lie within d="),
                row(
                        "3.5: i= of a domain that only ends like it",
                        rsa("i", "@badexample.com").sign(PLAIN),
                        "permerror: i= does not lie within d="),
                row("3.5: i= of the parent", rsa("i", "@com").sign(PLAIN), "permerror: i= does not lie within d="),
                row("3.5: i= without @", rsa("i", "example.com").sign(PLAIN), "permerror: i= has no @"));
    }
}
