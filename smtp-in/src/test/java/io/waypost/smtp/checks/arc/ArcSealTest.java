package io.waypost.smtp.checks.arc;

import static io.waypost.smtp.checks.arc.SealedMail.SEAL_BROKEN;
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

/** RFC 8617 4.1.3 and 4.4: the seals of a chain, and the state that each tells. */
class ArcSealTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"states", "seals"})
    void isJudged(SealedMail row) {
        assertThat(text(validate(row.mail(), row.dns()))).isEqualTo(row.expected());
    }

    static Stream<SealedMail> states() {
        return Stream.of(
                row(
                        "5.2 step 2: the newest says that the chain is broken",
                        TestSealer.of(2).seal(tag("cv", "fail")).alone().on(chain(1)),
                        "FAIL: example.com found the chain broken when the mail was there"),
                row(
                        "5.2 step 2: the only one does",
                        TestSealer.of(1).seal(tag("cv", "fail")).on(PLAIN),
                        "FAIL: example.com found the chain broken when the mail was there"),
                row(
                        "5.2 step 2: before anything else is looked at",
                        TestSealer.of(7).seal(tag("cv", "fail")).alone().on(PLAIN),
                        "FAIL: example.com found the chain broken when the mail was there"),
                row(
                        "5.2 step 3: one before the newest did",
                        TestSealer.of(3)
                                .on(TestSealer.of(2).seal(tag("cv", "fail")).on(chain(1))),
                        "FAIL: the seal 2 has the wrong cv="),
                row(
                        "5.2 step 3: the first says pass",
                        TestSealer.of(1).seal(tag("cv", "pass")).on(PLAIN),
                        "FAIL: the seal 1 has the wrong cv="),
                row(
                        "5.2 step 3: the second says none",
                        TestSealer.of(2).seal(tag("cv", "none")).on(chain(1)),
                        "FAIL: the seal 2 has the wrong cv="),
                row(
                        "4.4: an unknown word",
                        TestSealer.of(1).seal(tag("cv", "invalid")).on(PLAIN),
                        "FAIL: ARC-Seal: unknown cv= \"invalid\""),
                row("4.4: in any case", TestSealer.of(1).seal(tag("cv", "None")).on(PLAIN), "PASS"),
                row("4.4: empty", TestSealer.of(1).seal(tag("cv", "")).on(PLAIN), "FAIL: ARC-Seal: unknown cv= \"\""),
                row(
                        "4.1.3: no cv=",
                        TestSealer.of(1).seal(f -> f.without("cv")).on(PLAIN),
                        "FAIL: ARC-Seal: no cv= tag"));
    }

    static Stream<SealedMail> seals() {
        return Stream.of(
                row(
                        "4.1.3: h= is not allowed",
                        TestSealer.of(1).seal(tag("h", "from")).on(PLAIN),
                        "FAIL: ARC-Seal: an ARC-Seal must not have h="),
                row(
                        "4.1.3: an unknown tag",
                        TestSealer.of(1).seal(tag("zz", "7")).on(PLAIN),
                        "PASS"),
                row("4.1.3: t=", TestSealer.of(1).seal(tag("t", "12345")).on(PLAIN), "PASS"),
                row("4.1.3: no a=", TestSealer.of(1).seal(f -> f.without("a")).on(PLAIN), "FAIL: ARC-Seal: no a= tag"),
                row("4.1.3: no b=", TestSealer.of(1).seal(f -> f.without("b")).on(PLAIN), "FAIL: ARC-Seal: no b= tag"),
                row("4.1.3: no d=", TestSealer.of(1).seal(f -> f.without("d")).on(PLAIN), "FAIL: ARC-Seal: no d= tag"),
                row("4.1.3: no s=", TestSealer.of(1).seal(f -> f.without("s")).on(PLAIN), "FAIL: ARC-Seal: no s= tag"),
                row(
                        "4.1.3: a tag twice",
                        TestSealer.of(1).seal(f -> f.end("; cv=none")).on(PLAIN),
                        "FAIL: ARC-Seal: the tag cv= stands twice"),
                row(
                        "4.1.3: b= is not base64",
                        TestSealer.of(1).seal(tag("b", "?")).on(PLAIN),
                        "FAIL: ARC-Seal: b= is not base64"),
                row(
                        "4.1.3: b= is another",
                        TestSealer.of(1).seal(tag("b", "AAAA")).on(PLAIN),
                        "FAIL: ARC-Seal 1" + SEAL_BROKEN),
                row(
                        "RFC 8301 3.1: rsa-sha1",
                        TestSealer.of(1).seal(tag("a", "rsa-sha1")).on(PLAIN),
                        "FAIL: ARC-Seal 1 of example.com: rsa-sha1 is not secure"),
                row(
                        "4.1.3: d= is no domain",
                        TestSealer.of(1).seal(tag("d", "..")).on(PLAIN),
                        "FAIL: ARC-Seal: no domain name: \"..\""),
                row(
                        "5.1.1: it signs its own set only",
                        TestSealer.of(2).alone().on(chain(1)),
                        "FAIL: ARC-Seal 2" + SEAL_BROKEN),
                row(
                        "5.2 step 6: an older one is broken",
                        TestSealer.of(2)
                                .on(TestSealer.of(1).seal(tag("b", "AAAA")).on(PLAIN)),
                        "FAIL: ARC-Seal 1" + SEAL_BROKEN),
                row(
                        "3.7: folded otherwise",
                        TestSealer.of(1).seal(f -> f.separator(" ;\r\n\t")).on(PLAIN),
                        "PASS"),
                row(
                        "4.1.3: a semicolon at the end",
                        TestSealer.of(1).seal(f -> f.end(";")).on(PLAIN),
                        "PASS"));
    }
}
