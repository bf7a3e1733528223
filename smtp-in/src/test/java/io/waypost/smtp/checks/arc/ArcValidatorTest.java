package io.waypost.smtp.checks.arc;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Verdict;
import io.waypost.smtp.checks.signature.SignatureField;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArcValidatorTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final TestMail PLAIN = TestMail.PLAIN;
    private static final String SEAL_BROKEN = " of example.com: the signature does not fit the signed header fields";
    private static final TestKey LIST = TestKey.ED25519.at("list.example", "list");

    /** The state of a mail's chain, as its word and, where there is one, the reason. */
    record Row(String name, TestMail mail, FakeDns dns, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"chains", "structure", "states", "messages", "seals", "results", "changes", "dns"})
    void chain(Row row) {
        assertThat(text(validate(row.mail(), row.dns()))).isEqualTo(row.expected());
    }

    static Stream<Row> chains() {
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

    static Stream<Row> structure() {
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

    static Stream<Row> states() {
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

    static Stream<Row> messages() {
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

    static Stream<Row> seals() {
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

    static Stream<Row> results() {
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

    static Stream<Row> changes() {
        TestMail two = chain(2);
        return Stream.of(
                row(
                        "5.2 step 4: the body was changed since",
                        two.replace("shall", "will"),
                        "FAIL: ARC-Message-Signature 2 of example.com: the body was changed"),
                row(
                        "5.2 step 4: a signed field was changed since",
                        two.replace("Friday", "Sunday"),
                        "FAIL: ARC-Message-Signature 2" + SEAL_BROKEN),
                row("5.2 step 4: an unsigned field was added", two.with("X-New: 1\r\n"), "PASS"),
                row(
                        "5.2 step 4: a list changed the mail and sealed it then",
                        TestSealer.of(2).on(chain(1).replace("Friday", "Sunday").append("--\r\nlist\r\n")),
                        "PASS"),
                row(
                        "5.2 step 6: the newest results were changed",
                        two.replace("i=2; mx.example.com", "i=2; mx.example.org"),
                        "FAIL: ARC-Seal 2" + SEAL_BROKEN),
                row(
                        "5.2 step 6: older results were changed",
                        two.replace("i=1; mx.example.com", "i=1; mx.example.org"),
                        "FAIL: ARC-Seal 2" + SEAL_BROKEN),
                row(
                        "5.2 step 6: older results were changed before the newest seal",
                        TestSealer.of(2).on(chain(1).replace("spf=pass", "spf=fail")),
                        "FAIL: ARC-Seal 1" + SEAL_BROKEN),
                row(
                        "3.4.2: white space of results was changed",
                        two.replace("; mx.example.com; spf", ";\r\n\tmx.example.com;  spf"),
                        "PASS"),
                row(
                        "5.2: the newest set was taken away, and the mail not changed",
                        without(
                                without(without(two, "ARC-Seal: i=2"), "ARC-Message-Signature: i=2"),
                                "ARC-Authentication-Results: i=2"),
                        "PASS"));
    }

    static Stream<Row> dns() {
        TestMail one = chain(1);
        TestMail mixed = TestSealer.of(2, LIST).on(one);
        String key = "rsa._domainkey.example.com";
        return Stream.of(
                new Row(
                        "5.2: no key",
                        one,
                        new FakeDns(),
                        "FAIL: ARC-Message-Signature 1 of example.com: no key at " + key),
                new Row(
                        "5.2: DNS does not answer",
                        one,
                        new FakeDns().failing(key),
                        "UNKNOWN: ARC-Message-Signature 1 of example.com: " + key + ": SERVFAIL"),
                new Row(
                        "5.2: DNS does not answer about an older seal",
                        mixed,
                        LIST.publish(new FakeDns()).failing(key),
                        "UNKNOWN: ARC-Seal 1 of example.com: " + key + ": SERVFAIL"),
                new Row(
                        "5.2: no key of an older seal",
                        mixed,
                        LIST.publish(new FakeDns()),
                        "FAIL: ARC-Seal 1 of example.com: no key at " + key),
                new Row(
                        "5.2: DNS does not answer, and the body was changed",
                        one.replace("shall", "will"),
                        new FakeDns().failing(key),
                        "FAIL: ARC-Message-Signature 1 of example.com: the body was changed"),
                new Row(
                        "5.2: revoked",
                        one,
                        new FakeDns().txt(key, "v=DKIM1; p="),
                        "FAIL: ARC-Message-Signature 1 of example.com: the key was revoked"),
                new Row(
                        "5.2: of another domain",
                        one,
                        new FakeDns().txt(key, TestKey.RSA_1024.recordText()),
                        "FAIL: ARC-Message-Signature 1" + SEAL_BROKEN),
                new Row(
                        "RFC 6376 3.6.1: t=s does not matter",
                        one,
                        new FakeDns().txt(key, "t=s; p=" + TestKey.RSA.text()),
                        "PASS"),
                new Row(
                        "RFC 6376 3.6.1: t=y makes nothing good",
                        one.replace("Friday", "Sunday"),
                        new FakeDns().txt(key, "t=y; p=" + TestKey.RSA.text()),
                        "FAIL: ARC-Message-Signature 1" + SEAL_BROKEN + "; the domain tests DKIM (t=y)"),
                row(
                        "RFC 8301 3.2: 1024 bits",
                        TestSealer.of(1, TestKey.RSA_1024).on(PLAIN),
                        "PASS"));
    }

    @Test
    void aChainThatPassesNamesItsSealers() {
        TestMail mail = TestSealer.of(2, LIST)
                .results("(list) i=2; mx.list.example;\r\n dkim=pass")
                .on(chain(1));
        ArcResult result = validate(mail, published());

        assertThat(result.sealers())
                .containsExactly(
                        new Sealer(1, "example.com", "rsa", "mx.example.com; spf=pass smtp.mailfrom=example.net"),
                        new Sealer(2, "list.example", "list", "mx.list.example; dkim=pass"));
        assertThat(result.newest()).contains(result.sealers().get(1));
    }

    @Test
    void oneThatDoesNotPassNamesNobody() {
        assertThat(validate(chain(2).replace("Friday", "Sunday"), published()).sealers())
                .isEmpty();
        assertThat(validate(chain(2).replace("Friday", "Sunday"), published()).newest())
                .isEmpty();
    }

    @Test
    void equalKeysAreAskedForOnce() {
        FakeDns dns = published();

        assertThat(validate(TestSealer.of(5, LIST).on(chain(4)), dns).status()).isEqualTo(ArcResult.Status.PASS);
        assertThat(dns.questions)
                .containsExactlyInAnyOrder("TXT rsa._domainkey.example.com", "TXT list._domainkey.list.example");
    }

    @Test
    void nothingIsAskedAboutABrokenStructure() {
        FakeDns dns = published();

        validate(without(chain(3), "ARC-Seal: i=2"), dns);

        assertThat(dns.questions).isEmpty();
    }

    /** RFC 8617 5.2, step 5. */
    @Test
    void itIsToldSinceWhenTheMailWasNotChanged() {
        TestMail changed = chain(2).replace("Friday", "Sunday");

        assertThat(validate(chain(3), published()).oldestPass()).hasValue(1);
        assertThat(validate(TestSealer.of(3).on(changed), published()).oldestPass())
                .hasValue(3);
        assertThat(validate(TestSealer.of(4).on(TestSealer.of(3).on(changed)), published())
                        .oldestPass())
                .hasValue(3);
        assertThat(validate(changed, published()).oldestPass()).isEmpty();
    }

    @Test
    void whatIsKeptOfIt() {
        assertThat(validate(PLAIN, published()).verdict(Duration.ofMillis(3)))
                .isEqualTo(new Verdict(Verdict.Status.GRAY, "none", "no chain", Duration.ofMillis(3)));
        assertThat(validate(chain(1), published()).verdict(Duration.ZERO))
                .isEqualTo(new Verdict(Verdict.Status.PASS, "pass", "", Duration.ZERO));
        assertThat(validate(chain(1).replace("Hi", "Ho"), published()).verdict(Duration.ZERO))
                .extracting(Verdict::status, Verdict::result)
                .containsExactly(Verdict.Status.FAIL, "fail");
        assertThat(validate(chain(1), new FakeDns().failing("rsa._domainkey.example.com"))
                        .verdict(Duration.ZERO))
                .extracting(Verdict::status, Verdict::result)
                .containsExactly(Verdict.Status.PROCESSING_FAILED, "temperror");
    }

    /** A chain of sets of one sealer on the plain mail. */
    private static TestMail chain(int sets) {
        TestMail mail = PLAIN;
        for (int i = 1; i <= sets; i++) {
            mail = TestSealer.of(Math.min(i, 99)).on(mail);
        }
        return mail;
    }

    private static java.util.function.Consumer<SignatureField> tag(String name, String value) {
        return field -> field.tag(name, value);
    }

    private static Row row(String name, TestMail mail, String expected) {
        return new Row(name, mail, published(), expected);
    }

    private static FakeDns published() {
        return TestKey.RSA.publish(TestKey.RSA_1024.publish(TestKey.ED25519.publish(LIST.publish(new FakeDns()))));
    }

    private static TestMail without(TestMail mail, String beginning) {
        return change(mail, beginning, field -> "");
    }

    private static TestMail doubled(TestMail mail, String beginning) {
        return change(mail, beginning, field -> field + field);
    }

    private static TestMail only(TestMail mail, String beginning) {
        return change(PLAIN.with("Mark:\r\n"), "Mark:", mark -> field(mail, beginning));
    }

    /** Results, seal, message signature in place of seal, message signature, results. */
    private static TestMail reordered(TestMail mail) {
        String results = field(mail, "ARC-Authentication-Results");
        return without(mail, "ARC-Authentication-Results").with(results);
    }

    private static TestMail moved(TestMail mail) {
        String sets = mail.text().substring(0, mail.text().indexOf("From:"));
        return new TestMail(mail.head().substring(sets.length()) + sets + "\r\n" + mail.body());
    }

    private static TestMail change(TestMail mail, String beginning, UnaryOperator<String> change) {
        String field = field(mail, beginning);
        return mail.replace(field, change.apply(field));
    }

    /** The first field that begins so. */
    private static String field(TestMail mail, String beginning) {
        var header = mail.header();
        return header.fields().stream()
                .map(field -> new String(header.bytes(field), java.nio.charset.StandardCharsets.ISO_8859_1))
                .filter(field -> field.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private static ArcResult validate(TestMail mail, FakeDns dns) {
        return new ArcValidator(InstantSource.fixed(NOW)).validate(mail.header(), mail.bodies(), dns);
    }

    private static String text(ArcResult result) {
        return result.status() + (result.reason().isEmpty() ? "" : ": " + result.reason());
    }
}
