package io.waypost.smtp.checks.arc;

import static io.waypost.smtp.checks.arc.SealedMail.row;
import static io.waypost.smtp.checks.arc.TestChain.text;
import static io.waypost.smtp.checks.arc.TestChain.validate;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestMail;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8617 4.1.1: the results of a chain. */
class ArcResultsFieldTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void isJudged(SealedMail row) {
        assertThat(text(validate(row.mail(), row.dns()))).isEqualTo(row.expected());
    }

    static Stream<SealedMail> results() {
        return Stream.of(
                row(
                        "4.1.1: nothing but the instance",
                        TestSealer.of(1).results("i=1;").on(PLAIN),
                        "PASS"),
                row(
                        "3.4: what they say does not matter",
                        TestSealer.of(1).results("i=1; ??? ;;").on(PLAIN),
                        "PASS"),
                row(
                        "4.1.1: blanks around",
                        TestSealer.of(1).results("  i  = \r\n 1 ; x").on(PLAIN),
                        "PASS"),
                row(
                        "4.1.1: comments around",
                        TestSealer.of(1)
                                .results("(a (b) \\( c) i (d) = (e) 1 (f) ; x")
                                .on(PLAIN),
                        "PASS"),
                row(
                        "4.1.1: a comment that does not end",
                        TestSealer.of(1).results("(a i=1; x").on(PLAIN),
                        "FAIL: ARC-Authentication-Results: a comment does not end"),
                row(
                        "4.1.1: no semicolon",
                        TestSealer.of(1).results("i=1 mx.example.com").on(PLAIN),
                        "FAIL: ARC-Authentication-Results: it does not begin with an instance"),
                row(
                        "4.2.1: the instance is not first",
                        TestSealer.of(1)
                                .results("mx.example.com; i=1; spf=pass")
                                .on(PLAIN),
                        "FAIL: ARC-Authentication-Results: it does not begin with an instance"),
                row(
                        "4.2.1: no number",
                        TestSealer.of(1).results("i=one; spf=pass").on(PLAIN),
                        "FAIL: ARC-Authentication-Results: the instance \"\" is not one of 1 to 50"));
    }
}
