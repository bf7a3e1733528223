package io.waypost.smtp.checks.arc;

import static io.waypost.smtp.checks.arc.SealedMail.row;
import static io.waypost.smtp.checks.arc.TestChain.chain;
import static io.waypost.smtp.checks.arc.TestChain.tag;
import static io.waypost.smtp.checks.arc.TestChain.text;
import static io.waypost.smtp.checks.arc.TestChain.validate;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestMail;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8617 4.1.2: the message signatures of a chain. */
class ArcMessageSignatureTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void isJudged(SealedMail row) {
        assertThat(text(validate(row.mail(), row.dns()))).isEqualTo(row.expected());
    }

    static Stream<SealedMail> messages() {
        String newest = "FAIL: ARC-Message-Signature 1: ";
        return Stream.of(
                row(
                        "4.1.2: simple/simple",
                        TestSealer.of(1).message(tag("c", "simple/simple")).on(PLAIN),
                        "PASS"),
                row(
                        "4.1.2: simple/relaxed",
                        TestSealer.of(1).message(tag("c", "simple/relaxed")).on(PLAIN),
                        "PASS"),
                row(
                        "4.1.2: no c=",
                        TestSealer.of(1).message(f -> f.without("c")).on(PLAIN),
                        "PASS"),
                row(
                        "4.1.2: v= is ignored",
                        TestSealer.of(1).message(tag("v", "7")).on(PLAIN),
                        "PASS"),
                row(
                        "4.1.2: an unknown tag",
                        TestSealer.of(1).message(tag("zz", "7")).on(PLAIN),
                        "PASS"),
                row(
                        "4.1.2: no a=",
                        TestSealer.of(1).message(f -> f.without("a")).on(PLAIN),
                        newest + "no a= tag"),
                row(
                        "4.1.2: no b=",
                        TestSealer.of(1).message(f -> f.without("b")).on(PLAIN),
                        newest + "no b= tag"),
                row("4.1.2: no bh=", TestSealer.of(1).message(tag("n", "no bh")).on(PLAIN), newest + "no bh= tag"),
                row(
                        "4.1.2: no d=",
                        TestSealer.of(1).message(f -> f.without("d")).on(PLAIN),
                        newest + "no d= tag"),
                row(
                        "4.1.2: no h=",
                        TestSealer.of(1).message(f -> f.without("h")).on(PLAIN),
                        newest + "no h= tag"),
                row(
                        "4.1.2: no s=",
                        TestSealer.of(1).message(f -> f.without("s")).on(PLAIN),
                        newest + "no s= tag"),
                row(
                        "4.1.2: a tag twice",
                        TestSealer.of(1).message(f -> f.end("; d=example.com")).on(PLAIN),
                        "FAIL: ARC-Message-Signature: the tag d= stands twice"),
                row(
                        "4.1.2: h= signs ARC-Seal",
                        TestSealer.of(1).message(tag("h", "from:ARC-Seal")).on(PLAIN),
                        newest + "h= signs ARC-Seal"),
                row(
                        "RFC 6376 5.4: h= does not sign From",
                        TestSealer.of(1).message(tag("h", "to:subject")).on(PLAIN),
                        newest + "h= does not sign From"),
                row(
                        "RFC 6376 8.15: a From above the signed one",
                        chain(1).with("From: boss@example.com\r\n"),
                        "FAIL: ARC-Message-Signature 1 of example.com: there is a From that it does not sign"),
                row(
                        "RFC 8301 3.1: rsa-sha1",
                        TestSealer.of(1).message(tag("a", "rsa-sha1")).on(PLAIN),
                        "FAIL: ARC-Message-Signature 1 of example.com: rsa-sha1 is not secure"),
                row(
                        "4.1.2: an unknown algorithm",
                        TestSealer.of(1).message(tag("a", "rsa-md5")).on(PLAIN),
                        newest + "unknown algorithm \"rsa-md5\""),
                row(
                        "4.1.2: another body hash",
                        TestSealer.of(1).message(tag("bh", "AAAA")).on(PLAIN),
                        "FAIL: ARC-Message-Signature 1 of example.com: the body was changed"),
                row(
                        "4.1.2: l= is part of the body",
                        TestSealer.of(1)
                                .message(tag("l", "0")
                                        .andThen(tag("bh", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")))
                                .on(PLAIN),
                        "FAIL: ARC-Message-Signature 1 of example.com: it signs only the first 0 of 31 octets of the body"),
                row(
                        "4.1.2: it expired",
                        TestSealer.of(1).message(tag("x", "1000")).on(PLAIN),
                        "FAIL: ARC-Message-Signature 1 of example.com: it expired at 1970-01-01T00:16:40Z"),
                row(
                        "5.2 step 4: an older one need not be readable",
                        TestSealer.of(2)
                                .on(TestSealer.of(1)
                                        .message(tag("a", "rsa-md5"))
                                        .on(PLAIN)),
                        "PASS"),
                row(
                        "5.2 step 3: but its tags must",
                        TestSealer.of(2)
                                .on(TestSealer.of(1).message(f -> f.end("; ?")).on(PLAIN)),
                        "FAIL: ARC-Message-Signature: no tag: \"?\""));
    }
}
