package io.waypost.smtp.checks.dkim;

import static io.waypost.smtp.checks.dkim.SignedMail.row;
import static io.waypost.smtp.checks.dkim.SignedMail.rsa;
import static io.waypost.smtp.checks.dkim.TestVerifier.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6376 5.4: which header fields a signature covers. */
class SignedFieldsTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("selection")
    void covers(SignedMail row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<SignedMail> selection() {
        TestMail signed = TestSigner.rsa().sign(PLAIN);
        return Stream.of(
                row("5.4: From must be signed", rsa("h", "to:subject").sign(PLAIN), "permerror: h= does not sign From"),
                row("5.4: in any case", rsa("h", "FROM:to").sign(PLAIN), "pass"),
                row(
                        "3.5: blanks around the colons",
                        rsa("h", " From : \r\n\tTo\t: Date ").sign(PLAIN),
                        "pass"),
                row("3.5: an empty name", rsa("h", "from::to").sign(PLAIN), "permerror: h= has no field name: \"\""),
                row(
                        "3.5: a name with a blank in it",
                        rsa("h", "from:x y").sign(PLAIN),
                        "permerror: h= has no field name: \"x y\""),
                row(
                        "3.5: more names than anybody needs",
                        rsa("h", "from" + ":x".repeat(256)).sign(PLAIN),
                        "permerror: h= has more than 256 names"),
                row(
                        "5.4: a signed field is changed",
                        signed.replace("To: bob", "To: eve"),
                        "fail: the signature does not fit the signed header fields"),
                row("5.4: an unsigned field is changed", signed.replace("X-Loop: one", "X-Loop: 1"), "pass"),
                row("5.4: an unsigned field is added", signed.with("Received: by x\r\n"), "pass"),
                row(
                        "5.4: the last field is signed, and the header ends without a line end",
                        TestSigner.rsa().tag("h", "from:x").sign(new TestMail("From: a@example.com\r\nX: y")),
                        "pass"),
                row(
                        "3.7: a signed field is taken away",
                        signed.replace("Message-ID: <1@example.com>\r\n", ""),
                        "fail: the signature does not fit the signed header fields"),
                row("5.4.2: a name without a field", rsa("h", "from:reply-to").sign(PLAIN), "pass"),
                row(
                        "5.4.2: a field for it is added",
                        rsa("h", "from:reply-to").sign(PLAIN).with("Reply-To: eve@example.net\r\n"),
                        "fail: the signature does not fit the signed header fields"),
                row("5.4.2: both of two fields", rsa("h", "from:x-loop:x-loop").sign(PLAIN), "pass"),
                row(
                        "5.4.2: one of two fields is the lower",
                        rsa("h", "from:x-loop").sign(PLAIN).replace("X-Loop: one", "X-Loop: other"),
                        "pass"),
                row(
                        "5.4.2: the lower is changed",
                        rsa("h", "from:x-loop").sign(PLAIN).replace("X-Loop: two", "X-Loop: other"),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "5.4.2: they are taken from the bottom: exchanging them breaks",
                        rsa("h", "from:x-loop:x-loop")
                                .sign(PLAIN)
                                .replace("X-Loop: one\r\nX-Loop: two", "X-Loop: two\r\nX-Loop: one"),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "5.4.2: a third above two that are signed",
                        rsa("h", "from:x-loop:x-loop").sign(PLAIN).with("X-Loop: zero\r\n"),
                        "pass"),
                row(
                        "8.15: a From above the signed one",
                        signed.with("From: Boss <boss@example.com>\r\n"),
                        "policy: there is a From that it does not sign"),
                row(
                        "8.15: a From with a blank before its colon",
                        signed.with("From : Boss <boss@example.com>\r\n"),
                        "policy: there is a From that it does not sign"),
                row(
                        "8.15: a From below the signed one",
                        signed.replace("X-Loop: one", "From: boss@example.com\r\nX-Loop: one"),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "8.15: oversigned, another From breaks",
                        rsa("h", "from:from:to").sign(PLAIN).with("From: Boss <boss@example.com>\r\n"),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "8.15: oversigned",
                        rsa("h", "from:from:to:to:subject:subject").sign(PLAIN),
                        "pass"),
                row(
                        "8.15: two From, both signed",
                        rsa("h", "from:from").sign(PLAIN.with("From: two@example.com\r\n")),
                        "pass"),
                row(
                        "3.7: an older signature is signed",
                        rsa("h", "from:dkim-signature")
                                .sign(TestSigner.with(TestKey.ED25519).sign(PLAIN)),
                        "pass, pass"));
    }
}
