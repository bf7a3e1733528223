package io.waypost.smtp.checks.dkim;

import static io.waypost.smtp.checks.dkim.SignedMail.RSA_NAME;
import static io.waypost.smtp.checks.dkim.SignedMail.record;
import static io.waypost.smtp.checks.dkim.SignedMail.row;
import static io.waypost.smtp.checks.dkim.SignedMail.rsa;
import static io.waypost.smtp.checks.dkim.TestVerifier.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6376 3.6 and 6.1.2: the key records of a signature. */
class KeyRecordTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void isFound(SignedMail row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<SignedMail> records() {
        TestMail signed = TestSigner.rsa().sign(PLAIN);
        TestMail ofSubdomain = rsa("i", "@news.example.com").sign(PLAIN);
        TestMail changed = signed.replace("Friday", "Sunday");
        String p = "p=" + TestKey.RSA.text();
        String other = "v=DKIM1; p=" + TestKey.RSA_1024.text();
        return Stream.of(
                row("6.1.2: the name does not exist", signed, new FakeDns(), "permerror: no key at " + RSA_NAME),
                row(
                        "6.1.2: the name has no TXT",
                        signed,
                        new FakeDns().exists(RSA_NAME),
                        "permerror: no key at " + RSA_NAME),
                row(
                        "6.1.2: DNS does not answer",
                        signed,
                        new FakeDns().failing(RSA_NAME),
                        "temperror: " + RSA_NAME + ": SERVFAIL"),
                row(
                        "6.1.2: DNS does not answer about a broken signature",
                        signed.replace("shall", "will"),
                        new FakeDns().failing(RSA_NAME),
                        "fail: the body was changed"),
                record("3.6.1: p= alone", signed, p, "pass"),
                record("3.6.1: v= first", signed, "v=DKIM1; " + p, "pass"),
                record(
                        "3.6.1: v= not first",
                        signed,
                        p + "; v=DKIM1",
                        "permerror: the key record cannot be read: the key record does not begin with v=DKIM1"),
                record(
                        "3.6.1: another version",
                        signed,
                        "v=DKIM2; " + p,
                        "permerror: the key record cannot be read: the key record does not begin with v=DKIM1"),
                record(
                        "3.6.1: v= in another case",
                        signed,
                        "v=dkim1; " + p,
                        "permerror: the key record cannot be read: the key record does not begin with v=DKIM1"),
                record("3.6.1: no p=", signed, "v=DKIM1; k=rsa", "permerror: the key record cannot be read: no p= tag"),
                record("3.6.1: empty p=", signed, "v=DKIM1; p=", "permerror: the key was revoked"),
                record("3.6.1: blank p=", signed, "v=DKIM1; p= ;", "permerror: the key was revoked"),
                record(
                        "3.6.1: p= with blanks",
                        signed,
                        "p=" + TestKey.RSA.text().replaceAll("(.{50})", "$1 "),
                        "pass"),
                record("3.6.1: a semicolon at the end", signed, "v=DKIM1; " + p + ";", "pass"),
                record("3.6.1: notes and unknown tags", signed, "v=DKIM1; n=what; zz=1; " + p, "pass"),
                record(
                        "3.2: a tag twice",
                        signed,
                        p + "; " + p,
                        "permerror: the key record cannot be read: the tag p= stands twice"),
                record("3.6.1: an empty record", signed, "", "permerror: the key record cannot be read: no tags"),
                record(
                        "3.6.1: a record of 8 KB",
                        signed,
                        "n=" + "x".repeat(8192) + "; " + p,
                        "permerror: the key record cannot be read: the key record is longer than 8192 characters"),
                record(
                        "3.6.1: k= of another type",
                        signed,
                        "k=ed25519; " + p,
                        "permerror: the key is \"ed25519\", the signature rsa"),
                record(
                        "3.6.1: an unknown k=",
                        signed,
                        "k=ecdsa; " + p,
                        "permerror: the key is \"ecdsa\", the signature rsa"),
                record("3.6.1: h= has the hash", signed, "h=sha1 : sha256; " + p, "pass"),
                record("3.6.1: h= has not", signed, "h=sha1; " + p, "permerror: the key is not for sha256"),
                record("3.6.1: s=*", signed, "s=*; " + p, "pass"),
                record("3.6.1: s=email", signed, "s=tlsrpt:email; " + p, "pass"),
                record("3.6.1: s= of another service", signed, "s=tlsrpt; " + p, "permerror: the key is not for email"),
                record("3.6.1: t=s, the very domain", signed, "t=s; " + p, "pass"),
                record(
                        "3.6.1: t=s, a subdomain",
                        ofSubdomain,
                        "t=y:s; " + p,
                        "neutral: the key is not for subdomains (t=s); the domain tests DKIM (t=y)"),
                record(
                        "3.6.1: t=s alone, a subdomain",
                        ofSubdomain,
                        "t=s; " + p,
                        "permerror: the key is not for subdomains (t=s)"),
                record("3.6.1: t=y, good", signed, "t=y; " + p, "pass: the domain tests DKIM (t=y)"),
                record(
                        "3.6.1: t=y, broken",
                        changed,
                        "t=y; " + p,
                        "neutral: the signature does not fit the signed header fields; the domain tests DKIM (t=y)"),
                record(
                        "3.6.1: t=y, another body",
                        signed.replace("shall", "will"),
                        "t=y; " + p,
                        "neutral: the body was changed; the domain tests DKIM (t=y)"),
                row(
                        "3.6.2.2: two keys, the second fits",
                        signed,
                        new FakeDns().txt(RSA_NAME, other, "v=DKIM1; " + p),
                        "pass"),
                row(
                        "3.6.2.2: two keys, none fits",
                        changed,
                        new FakeDns().txt(RSA_NAME, other, "v=DKIM1; " + p),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "3.6.2.2: a key beside something else",
                        signed,
                        new FakeDns().txt(RSA_NAME, "v=spf1 -all", "v=DKIM1; " + p),
                        "pass"),
                row(
                        "3.6.2.2: the fifth of five keys",
                        signed,
                        new FakeDns().txt(RSA_NAME, other, other, other, other, "v=DKIM1; " + p),
                        "fail: the signature does not fit the signed header fields"),
                record(
                        "3.6.1: something else alone",
                        signed,
                        "v=spf1 -all",
                        "permerror: the key record cannot be read: the key record does not begin with v=DKIM1"));
    }
}
