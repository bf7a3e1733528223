package io.waypost.smtp.checks.dkim;

import static io.waypost.smtp.checks.dkim.SignedMail.row;
import static io.waypost.smtp.checks.dkim.SignedMail.rsa;
import static io.waypost.smtp.checks.dkim.TestVerifier.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6376 3.4: which changes on the way a header and a body bear. */
class CanonicalizationTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"forms", "bodies"})
    void bears(SignedMail row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<SignedMail> forms() {
        return Stream.of(
                row("3.5: no signature is no result", PLAIN, ""),
                row("3.4.1, 3.4.3: simple/simple", rsa("c", "simple/simple").sign(PLAIN), "pass"),
                row("3.4.2, 3.4.4: relaxed/relaxed", rsa("c", "relaxed/relaxed").sign(PLAIN), "pass"),
                row("3.4: simple/relaxed", rsa("c", "simple/relaxed").sign(PLAIN), "pass"),
                row("3.4: relaxed/simple", rsa("c", "relaxed/simple").sign(PLAIN), "pass"),
                row("3.5: no c= is simple/simple", TestSigner.rsa().without("c").sign(PLAIN), "pass"),
                row("3.5: c=relaxed has a simple body", rsa("c", "relaxed").sign(PLAIN), "pass"),
                row("3.5: c= in any case", rsa("c", "Relaxed/SIMPLE").sign(PLAIN), "pass"),
                row(
                        "3.5: unknown c=",
                        rsa("c", "nowsp/simple").sign(PLAIN),
                        "permerror: unknown canonicalization \"nowsp\""),
                row(
                        "3.5: unknown c= of the body",
                        rsa("c", "simple/nofws").sign(PLAIN),
                        "permerror: unknown canonicalization \"nofws\""),
                row(
                        "3.4.2: relaxed bears other white space in fields",
                        rsa("c", "relaxed/relaxed")
                                .sign(PLAIN)
                                .replace("Lunch  on\r\n\tFriday", "\t Lunch on  Friday "),
                        "pass"),
                row(
                        "3.4.1: simple does not",
                        rsa("c", "simple/relaxed").sign(PLAIN).replace("Lunch  on\r\n\tFriday", "Lunch on Friday"),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "3.4.2: relaxed bears names in another case and blanks before the colon",
                        rsa("c", "relaxed/relaxed").sign(PLAIN).replace("Subject:", "SUBJECT  :"),
                        "pass"),
                row(
                        "3.4.1: simple does not bear another case",
                        rsa("c", "simple/simple").sign(PLAIN).replace("Subject:", "subject:"),
                        "fail: the signature does not fit the signed header fields"));
    }

    static Stream<SignedMail> bodies() {
        TestMail simple = rsa("c", "simple/simple").sign(PLAIN);
        TestMail relaxed = TestSigner.rsa().sign(PLAIN);
        TestMail headerOnly = new TestMail(PLAIN.head());
        TestMail unended = new TestMail(PLAIN.text().substring(0, PLAIN.text().length() - 2));
        return Stream.of(
                row("3.7: the body is changed", relaxed.replace("shall", "will"), "fail: the body was changed"),
                row("3.7: a line is appended", relaxed.append("P.S.\r\n"), "fail: the body was changed"),
                row("3.7: the body is lost", new TestMail(relaxed.head() + "\r\n"), "fail: the body was changed"),
                row("3.4.3: empty lines at the end, simple", simple.append("\r\n\r\n\r\n"), "pass"),
                row("3.4.4: empty lines at the end, relaxed", relaxed.append("\r\n\r\n\r\n"), "pass"),
                row("3.4.4: blank lines at the end, relaxed", relaxed.append(" \t\r\n\t\r\n"), "pass"),
                row("3.4.3: blank lines at the end, simple", simple.append(" \r\n"), "fail: the body was changed"),
                row(
                        "3.4.4: other white space",
                        relaxed.replace("Hi  Bob", "Hi\tBob").replace("we? \r", "we?\r"),
                        "pass"),
                row(
                        "3.4.3: other white space, simple",
                        simple.replace("we? \r", "we?\r"),
                        "fail: the body was changed"),
                row(
                        "3.4.4: a blank where there was none",
                        relaxed.replace("Hi  Bob", " Hi Bob"),
                        "fail: the body was changed"),
                row("3.4.3: no empty line, simple", rsa("c", "simple/simple").sign(headerOnly), "pass"),
                row("3.4.4: no empty line, relaxed", TestSigner.rsa().sign(headerOnly), "pass"),
                row(
                        "3.4.3: no body is one empty line, simple",
                        rsa("c", "simple/simple").sign(headerOnly).append("\r\n\r\n"),
                        "pass"),
                row(
                        "3.4.4: no body is no octet, relaxed",
                        TestSigner.rsa().sign(headerOnly).append("\r\n \r\n"),
                        "pass"),
                row(
                        "3.4.3: the last line does not end, simple",
                        rsa("c", "simple/simple").sign(unended),
                        "pass"),
                row(
                        "3.4.3: it gets an end, simple",
                        rsa("c", "simple/simple").sign(unended).append("\r\n"),
                        "pass"),
                row(
                        "3.4.4: the last line does not end, relaxed",
                        TestSigner.rsa().sign(unended),
                        "pass"),
                row(
                        "3.4.4: it gets an end, relaxed",
                        TestSigner.rsa().sign(unended).append("\r\n"),
                        "pass"));
    }
}
