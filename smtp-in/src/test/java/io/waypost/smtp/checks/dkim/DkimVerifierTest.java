package io.waypost.smtp.checks.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DkimVerifierTest {

    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private static final String RSA_NAME = "rsa._domainkey.example.com";
    private static final TestMail PLAIN = TestMail.PLAIN;

    /** The results of a mail, each as its word and, where there is one, its reason. */
    record Row(String name, TestMail mail, FakeDns dns, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"forms", "syntax", "algorithms", "selection", "bodies", "lengths", "times", "identities", "several"})
    void signatures(Row row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"records", "keys"})
    void keys(Row row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<Row> forms() {
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

    static Stream<Row> syntax() {
        return Stream.of(
                row("3.5: v= is required", TestSigner.rsa().without("v").sign(PLAIN), "permerror: no v= tag"),
                row("3.5: another version", rsa("v", "2").sign(PLAIN), "permerror: unknown version \"2\""),
                row("3.5: the version is no number", rsa("v", "1.0").sign(PLAIN), "permerror: unknown version \"1.0\""),
                row("3.5: a= is required", TestSigner.rsa().without("a").sign(PLAIN), "permerror: no a= tag"),
                row("3.5: b= is required", TestSigner.rsa().without("b").sign(PLAIN), "permerror: no b= tag"),
                row("3.5: bh= is required", TestSigner.rsa().without("bh").sign(PLAIN), "permerror: no bh= tag"),
                row("3.5: d= is required", TestSigner.rsa().without("d").sign(PLAIN), "permerror: no d= tag"),
                row("3.5: h= is required", TestSigner.rsa().without("h").sign(PLAIN), "permerror: no h= tag"),
                row("3.5: s= is required", TestSigner.rsa().without("s").sign(PLAIN), "permerror: no s= tag"),
                row(
                        "3.2: a tag stands twice",
                        TestSigner.rsa().shape(f -> f.end("; s=rsa")).sign(PLAIN),
                        "permerror: the tag s= stands twice"),
                row("3.2: unknown tags are ignored", rsa("zz_9", "what; ever=1").sign(PLAIN), "pass"),
                row("3.2: an unknown tag without a value", rsa("y", "").sign(PLAIN), "pass"),
                row(
                        "3.2: names are case-sensitive",
                        TestSigner.rsa().without("v").tag("V", "1").sign(PLAIN),
                        "permerror: no v= tag"),
                row(
                        "3.2: something that is no tag",
                        TestSigner.rsa().shape(f -> f.end("; hello")).sign(PLAIN),
                        "permerror: no tag: \"hello\""),
                row(
                        "3.2: an empty tag",
                        TestSigner.rsa().shape(f -> f.separator(";; ")).sign(PLAIN),
                        "permerror: no tag: \"\""),
                row(
                        "3.2: a name that begins with a digit",
                        rsa("1x", "2").sign(PLAIN),
                        "permerror: no name of a tag: \"1x\""),
                row(
                        "3.2: a control character",
                        rsa("n", "a\u0001").sign(PLAIN),
                        "permerror: a control character in n="),
                row(
                        "3.2: more tags than anybody needs",
                        TestSigner.rsa().shape(f -> many(f)).sign(PLAIN),
                        "permerror: more than 40 tags"),
                row(
                        "3.2: a semicolon at the end",
                        TestSigner.rsa().shape(f -> f.end(";")).sign(PLAIN),
                        "pass"),
                row(
                        "3.2: and blanks behind it",
                        TestSigner.rsa().shape(f -> f.end("; \r\n\t")).sign(PLAIN),
                        "pass"),
                row(
                        "3.2: folded around names and equals signs",
                        TestSigner.rsa()
                                .shape(f -> f.separator("\r\n ;\r\n\t ").equalsSign(" \r\n =\r\n  "))
                                .sign(PLAIN),
                        "pass"),
                row(
                        "3.2: the same, simple",
                        rsa("c", "simple/simple")
                                .shape(f -> f.separator("\r\n ;\r\n\t ").equalsSign(" \r\n =\r\n  "))
                                .sign(PLAIN),
                        "pass"),
                row(
                        "3.7: b= in the middle, simple",
                        rsa("c", "simple/simple").tag("b", "").tag("n", "x").sign(PLAIN),
                        "pass"),
                row("3.7: b= first", first(rsa("c", "simple/simple")).sign(PLAIN), "pass"),
                row(
                        "3.7: b= may be folded anew under relaxed",
                        TestSigner.rsa().sign(PLAIN).replace("\r\n b=", "\r\n b=\r\n\t\t"),
                        "pass"),
                row("3.5: b= is not base64", rsa("b", "a*b=").sign(PLAIN), "permerror: b= is not base64"),
                row("3.5: bh= is not base64", rsa("bh", "?").sign(PLAIN), "permerror: bh= is not base64"),
                row(
                        "3.5: b= is too long",
                        rsa("b", "A".repeat(4097)).sign(PLAIN),
                        "permerror: b= is longer than 4096 characters"),
                row(
                        "3.5: b= has the wrong length for the key",
                        rsa("b", "AAAA").sign(PLAIN),
                        "fail: the signature does not fit the signed header fields"),
                row("3.5: bh= has the wrong length", rsa("bh", "AAAA").sign(PLAIN), "fail: the body was changed"),
                row(
                        "3.5: the field is too long",
                        rsa("z", "Subject:" + "x".repeat(65_536)).sign(PLAIN),
                        "permerror: longer than 65536 octets"),
                row("3.5: copied fields", rsa("z", "From:a=40b|\r\n To:x=7Cy").sign(PLAIN), "pass"),
                row("3.5: q=dns/txt", rsa("q", "dns/txt").sign(PLAIN), "pass"),
                row(
                        "3.5: q= has another method first",
                        rsa("q", "http/wk : DNS/TXT").sign(PLAIN),
                        "pass"),
                row("3.5: q= has only others", rsa("q", "http/wk").sign(PLAIN), "permerror: q= knows no dns/txt"),
                row("3.5: d= in capitals", rsa("d", "EXAMPLE.com").sign(PLAIN), "pass"),
                row(
                        "3.5: d= ends with a dot",
                        rsa("d", "example.com.").sign(PLAIN),
                        "permerror: no domain name: \"example.com.\""),
                row(
                        "3.5: d= with a label of 64",
                        rsa("d", "x".repeat(64) + ".com").sign(PLAIN),
                        "permerror: no domain name: \"" + "x".repeat(40) + "...\""),
                row("3.5: d= is empty", rsa("d", "").sign(PLAIN), "permerror: no domain name: \"\""),
                row("3.5: s= is no name", rsa("s", "a b").sign(PLAIN), "permerror: no selector: \"a b\""),
                row("3.5: s= ends with a dot", rsa("s", "rsa.").sign(PLAIN), "permerror: no selector: \"rsa.\""),
                row("3.5: s= is empty", rsa("s", "").sign(PLAIN), "permerror: no selector: \"\""),
                row(
                        "3.1: a selector that is a number",
                        TestSigner.with(TestKey.RSA.at("example.com", "20261123"))
                                .sign(PLAIN),
                        TestKey.RSA.at("example.com", "20261123").publish(new FakeDns()),
                        "pass"),
                row(
                        "RFC 5891 5: a letter that IDNA 2003 would replace",
                        rsa("d", octets("stra\u00dfe.example")).sign(PLAIN),
                        TestKey.RSA.at("xn--strae-oqa.example", "rsa").publish(new FakeDns()),
                        "pass"),
                row(
                        "3.1: a selector of several labels",
                        TestSigner.with(TestKey.RSA.at("example.com", "mar.2026"))
                                .sign(PLAIN),
                        TestKey.RSA.at("example.com", "mar.2026").publish(new FakeDns()),
                        "pass"),
                row(
                        "RFC 8616 5: d= in U-labels is asked for in A-labels",
                        rsa("d", octets("bücher.example")).sign(PLAIN),
                        TestKey.RSA.at("xn--bcher-kva.example", "rsa").publish(new FakeDns()),
                        "pass"),
                row(
                        "RFC 8616 5: d= in A-labels",
                        rsa("d", "xn--bcher-kva.example").sign(PLAIN),
                        TestKey.RSA.at("xn--bcher-kva.example", "rsa").publish(new FakeDns()),
                        "pass"),
                row(
                        "RFC 8616 5: d= is not UTF-8",
                        rsa("d", "b\u00fccher.example").sign(PLAIN),
                        "permerror: no domain name: \"b?cher.example\""));
    }

    static Stream<Row> algorithms() {
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

    static Stream<Row> selection() {
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

    static Stream<Row> bodies() {
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

    static Stream<Row> lengths() {
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

    static Stream<Row> times() {
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

    static Stream<Row> identities() {
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

    static Stream<Row> several() {
        TestMail ten = PLAIN;
        for (int i = 0; i < 10; i++) {
            ten = TestSigner.with(TestKey.ED25519).sign(ten);
        }
        TestMail twelve = TestSigner.rsa().sign(TestSigner.rsa().sign(ten));
        String passes = String.join(", ", java.util.Collections.nCopies(10, "pass"));
        return Stream.of(
                row(
                        "4.2: two signatures, the upper is broken",
                        rsa("b", "AAAA").sign(TestSigner.with(TestKey.ED25519).sign(PLAIN)),
                        "fail: the signature does not fit the signed header fields, pass"),
                row(
                        "4.2: two forms of the body",
                        rsa("c", "relaxed/simple")
                                .sign(TestSigner.with(TestKey.ED25519).sign(PLAIN)),
                        "pass, pass"),
                row("6.1: ten signatures", ten, passes),
                row("6.1: twelve signatures", twelve, passes + ", policy: 2 more signatures were not looked at"));
    }

    static Stream<Row> records() {
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

    static Stream<Row> keys() throws Exception {
        TestMail signed = TestSigner.rsa().sign(PLAIN);
        TestMail ed25519 = TestSigner.with(TestKey.ED25519).sign(PLAIN);
        RSAPublicKey key = (RSAPublicKey) TestKey.RSA.pair().getPublic();
        byte[] info = key.getEncoded();
        // The RSAPublicKey inside: behind 19 octets of algorithm and the BIT STRING's head of 5.
        byte[] inner = Arrays.copyOfRange(info, 24, info.length);
        String shortKey =
                rsaText(BigInteger.ONE.shiftLeft(767).add(BigInteger.TEN).setBit(0), key.getPublicExponent());
        String longKey = rsaText(BigInteger.ONE.shiftLeft(4999).setBit(0), key.getPublicExponent());
        String dearKey = rsaText(key.getModulus(), BigInteger.ONE.shiftLeft(64).setBit(0));
        return Stream.of(
                row(
                        "RFC 8301 3.2: 1024 bits pass with a remark",
                        TestSigner.with(TestKey.RSA_1024).sign(PLAIN),
                        "pass: an RSA key of 1024 bits"),
                record("RFC 8301 3.2: 768 bits", signed, shortKey, "policy: an RSA key of 768 bits is not accepted"),
                record("RFC 8301 3.2: 5000 bits", signed, longKey, "policy: an RSA key of 5000 bits is not accepted"),
                record(
                        "RFC 8301 3.2: an exponent of 65 bits",
                        signed,
                        dearKey,
                        "policy: an RSA exponent of more than 64 bits is not accepted"),
                record(
                        "3.6.1: the bare RSAPublicKey",
                        signed,
                        "p=" + Base64.getEncoder().encodeToString(inner),
                        "pass"),
                record("3.6.1: not base64", signed, "p=a*b", "permerror: the key is not base64"),
                record("3.6.1: no key", signed, "p=AAAA", "permerror: the octets of the key are no usable RSA key"),
                record(
                        "3.6.1: another key",
                        signed,
                        "p=" + TestKey.RSA_1024.text(),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "RFC 8463 4.1: an Ed25519 key of 31 octets",
                        ed25519,
                        new FakeDns()
                                .txt(
                                        "ed._domainkey.example.com",
                                        "k=ed25519; p=" + Base64.getEncoder().encodeToString(new byte[31])),
                        "permerror: an Ed25519 key has 32 octets, this one 31"),
                row(
                        "RFC 8463 4.1: an Ed25519 key that is no point of the curve",
                        ed25519,
                        new FakeDns()
                                .txt(
                                        "ed._domainkey.example.com",
                                        "k=ed25519; p=" + Base64.getEncoder().encodeToString(filled())),
                        "fail: the signature does not fit the signed header fields"),
                row(
                        "RFC 8463 4.2: k= is missing",
                        ed25519,
                        new FakeDns().txt("ed._domainkey.example.com", "p=" + TestKey.ED25519.text()),
                        "permerror: the key is \"rsa\", the signature ed25519"));
    }

    @Test
    void aKeyIsAskedForOnce() {
        TestMail mail = TestSigner.rsa()
                .sign(TestSigner.rsa().sign(TestSigner.with(TestKey.ED25519).sign(PLAIN)));
        FakeDns dns = dns();

        assertThat(results(mail, dns)).isEqualTo("pass, pass, pass");
        assertThat(dns.questions).containsExactly("TXT " + RSA_NAME, "TXT ed._domainkey.example.com");
    }

    @Test
    void nothingIsAskedAboutASignatureThatCannotPass() {
        FakeDns dns = dns();

        assertThat(results(rsa("a", "rsa-sha1").sign(rsa("v", "2").sign(PLAIN)), dns))
                .isEqualTo("permerror: rsa-sha1 is not secure, permerror: unknown version \"2\"");
        assertThat(dns.questions).isEmpty();
    }

    @Test
    void aResultNamesItsSignature() {
        TestMail mail = rsa("i", "Alice@news.example.com").sign(PLAIN);
        DkimResult result = verify(mail, dns()).getFirst();

        assertThat(result.domain()).isEqualTo("example.com");
        assertThat(result.selector()).isEqualTo("rsa");
        assertThat(result.identity()).contains("Alice@news.example.com");
        assertThat(result.algorithm()).hasToString("Optional[rsa-sha256]");
        assertThat(mail.text()).contains("b=" + result.signaturePrefix());
        assertThat(result.signaturePrefix()).hasSize(8);
    }

    @Test
    void soDoesThatOfASignatureThatIsMalformedElsewhere() {
        DkimResult result = verify(rsa("x", "soon").tag("d", "EXAMPLE.com").sign(PLAIN), dns())
                .getFirst();

        assertThat(result.domain()).isEqualTo("example.com");
        assertThat(result.selector()).isEqualTo("rsa");
        assertThat(result.signaturePrefix()).hasSize(8);
    }

    @Test
    void whatCannotBeShownIsLeftOut() {
        DkimResult result = verify(
                        rsa("i", "=22=0D=0AX:=22@example.com")
                                .tag("b", "ab\u00e9cdefgh")
                                .sign(PLAIN),
                        dns())
                .getFirst();

        assertThat(result.identity()).contains("@example.com");
        assertThat(result.signaturePrefix()).isEqualTo("ab");
    }

    private static void many(io.waypost.smtp.checks.signature.SignatureField field) {
        for (int i = 0; i < 40; i++) {
            field.tag("y" + i, "1");
        }
    }

    private static TestSigner first(TestSigner signer) {
        return signer.shape(field -> List.of("v", "a", "c", "d", "s", "h").forEach(tag -> {
            String value = field.get(tag, "");
            field.without(tag);
            if (tag.equals("v")) {
                field.tag("b", "");
            }
            field.tag(tag, value);
        }));
    }

    private static byte[] filled() {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) 0xff);
        return octets;
    }

    private static String rsaText(BigInteger modulus, BigInteger exponent) throws Exception {
        return "p="
                + Base64.getEncoder()
                        .encodeToString(KeyFactory.getInstance("RSA")
                                .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                                .getEncoded());
    }

    /** A text as the octets of its UTF-8. */
    private static String octets(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static TestSigner rsa(String tag, String value) {
        return TestSigner.rsa().tag(tag, value);
    }

    private static Row row(String name, TestMail mail, String expected) {
        return new Row(name, mail, dns(), expected);
    }

    private static Row row(String name, TestMail mail, FakeDns dns, String expected) {
        return new Row(name, mail, dns, expected);
    }

    private static Row record(String name, TestMail mail, String text, String expected) {
        return new Row(name, mail, new FakeDns().txt(RSA_NAME, text), expected);
    }

    static FakeDns dns() {
        return TestKey.RSA.publish(TestKey.RSA_1024.publish(TestKey.ED25519.publish(new FakeDns())));
    }

    static List<DkimResult> verify(TestMail mail, FakeDns dns) {
        BodyHashes bodies = mail.bodies();
        return new DkimVerifier(InstantSource.fixed(NOW)).verify(mail.header(), bodies, dns);
    }

    static String results(TestMail mail, FakeDns dns) {
        return new ArrayList<>(verify(mail, dns))
                .stream()
                        .map(result -> result.result() + (result.reason().isEmpty() ? "" : ": " + result.reason()))
                        .collect(Collectors.joining(", "));
    }
}
