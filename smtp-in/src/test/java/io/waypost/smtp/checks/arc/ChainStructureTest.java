package io.waypost.smtp.checks.arc;

import static io.waypost.smtp.checks.arc.SealedMail.row;
import static io.waypost.smtp.checks.arc.TestChain.LIST;
import static io.waypost.smtp.checks.arc.TestChain.chain;
import static io.waypost.smtp.checks.arc.TestChain.doubled;
import static io.waypost.smtp.checks.arc.TestChain.moved;
import static io.waypost.smtp.checks.arc.TestChain.only;
import static io.waypost.smtp.checks.arc.TestChain.reordered;
import static io.waypost.smtp.checks.arc.TestChain.tag;
import static io.waypost.smtp.checks.arc.TestChain.text;
import static io.waypost.smtp.checks.arc.TestChain.validate;
import static io.waypost.smtp.checks.arc.TestChain.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8617 4.2 and 5.2: which fields make a chain. */
class ChainStructureTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"chains", "structure"})
    void isJudged(SealedMail row) {
        assertThat(text(validate(row.mail(), row.dns()))).isEqualTo(row.expected());
    }

    static Stream<SealedMail> chains() {
        return Stream.of(
                row("5.2 step 1: no chain", PLAIN, "NONE: no chain"),
                row("5.2 step 1: a DKIM signature is no chain", TestSigner.rsa().sign(PLAIN), "NONE: no chain"),
                row("5.2: one set", chain(1), "PASS"),
                row("5.2: two sets", chain(2), "PASS"),
                row("5.2: three sets", chain(3), "PASS"),
                row("4.2.1: fifty sets", chain(50), "PASS"),
                row("4.2.1: fifty-one sets", chain(51), "FAIL: more than 50 fields ARC-Seal"),
                row("RFC 8463: Ed25519", TestSealer.of(1, TestKey.ED25519).on(PLAIN), "PASS"),
                row("5.2: two sealers", TestSealer.of(2, LIST).on(chain(1)), "PASS"),
                row(
                        "5.2: a DKIM signature of the author beside",
                        TestSealer.of(1).on(TestSigner.rsa().sign(PLAIN)),
                        "PASS"),
                row(
                        "5.2: other fields between the sets",
                        TestSealer.of(2).on(chain(1).with("Received: by x\r\nX-Other: y\r\n")),
                        "PASS"),
                row("5.2: fields of a set in another order", reordered(chain(1)), "PASS"),
                row("5.2: the sets below the message's own fields", moved(chain(2)), "PASS"),
                row("5.1.1: no body", TestSealer.of(1).on(new TestMail(PLAIN.head())), "PASS"),
                row(
                        "5.1.1: a body whose last line does not end",
                        TestSealer.of(1).on(PLAIN.append("more")),
                        "PASS"));
    }

    static Stream<SealedMail> structure() {
        TestMail one = chain(1);
        TestMail two = chain(2);
        return Stream.of(
                row("4.2: no seal", without(one, "ARC-Seal"), "FAIL: the set 1 is not complete"),
                row(
                        "4.2: no message signature",
                        without(one, "ARC-Message-Signature"),
                        "FAIL: the set 1 is not complete"),
                row("4.2: no results", without(one, "ARC-Authentication-Results"), "FAIL: the set 1 is not complete"),
                row("4.2: a seal alone", only(one, "ARC-Seal"), "FAIL: the set 1 is not complete"),
                row(
                        "4.2: a message signature alone",
                        only(one, "ARC-Message-Signature"),
                        "FAIL: the set 1 is not complete"),
                row("4.2: results alone", only(one, "ARC-Authentication-Results"), "FAIL: the set 1 is not complete"),
                row("4.2.1: two seals of an instance", doubled(one, "ARC-Seal"), "FAIL: ARC-Seal: two of instance 1"),
                row(
                        "4.2.1: two message signatures of an instance",
                        doubled(one, "ARC-Message-Signature"),
                        "FAIL: ARC-Message-Signature: two of instance 1"),
                row(
                        "4.2.1: two results of an instance",
                        doubled(one, "ARC-Authentication-Results"),
                        "FAIL: ARC-Authentication-Results: two of instance 1"),
                row("4.2.1: the whole set twice", TestSealer.of(1).on(one), "FAIL: ARC-Seal: two of instance 1"),
                row("4.2.1: begins with 2", TestSealer.of(2).on(PLAIN), "FAIL: the set 1 is not complete"),
                row("4.2.1: 2 is missing", TestSealer.of(3).on(one), "FAIL: the set 2 is not complete"),
                row("4.2.1: the seal of 1 is lost", without(two, "ARC-Seal: i=1"), "FAIL: the set 1 is not complete"),
                row(
                        "4.2.1: the message signature of 1 is lost",
                        without(two, "ARC-Message-Signature: i=1"),
                        "FAIL: the set 1 is not complete"),
                row(
                        "4.2.1: the results of 1 are lost",
                        without(two, "ARC-Authentication-Results: i=1"),
                        "FAIL: the set 1 is not complete"),
                row("4.2.1: the seal of 2 is lost", without(two, "ARC-Seal: i=2"), "FAIL: the set 2 is not complete"),
                row(
                        "4.2.1: instance 0",
                        TestSealer.of(1).seal(tag("i", "0")).on(PLAIN),
                        "FAIL: ARC-Seal: the instance \"0\" is not one of 1 to 50"),
                row(
                        "4.2.1: instance 51",
                        TestSealer.of(1).seal(tag("i", "51")).on(PLAIN),
                        "FAIL: ARC-Seal: the instance \"51\" is not one of 1 to 50"),
                row(
                        "4.2.1: instance -1",
                        TestSealer.of(1).seal(tag("i", "-1")).on(PLAIN),
                        "FAIL: ARC-Seal: the instance \"-1\" is not one of 1 to 50"),
                row(
                        "4.2.1: instance of three digits",
                        TestSealer.of(1).seal(tag("i", "001")).on(PLAIN),
                        "FAIL: ARC-Seal: the instance \"001\" is not one of 1 to 50"),
                row(
                        "4.2.1: instance of two digits",
                        TestSealer.of(1).seal(tag("i", "01")).on(PLAIN),
                        "PASS"),
                row(
                        "4.2.1: no instance in the seal",
                        TestSealer.of(1).seal(f -> f.without("i")).on(PLAIN),
                        "FAIL: ARC-Seal: no i= tag"),
                row(
                        "4.2.1: no instance in the message signature",
                        TestSealer.of(1).message(f -> f.without("i")).on(PLAIN),
                        "FAIL: ARC-Message-Signature: no i= tag"),
                row(
                        "4.2.1: no instance in the results",
                        TestSealer.of(1).results("mx.example.com; spf=pass").on(PLAIN),
                        "FAIL: ARC-Authentication-Results: it does not begin with an instance"));
    }
}
