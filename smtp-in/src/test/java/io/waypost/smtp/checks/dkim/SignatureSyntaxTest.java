package io.waypost.smtp.checks.dkim;

import static io.waypost.smtp.checks.dkim.SignedMail.row;
import static io.waypost.smtp.checks.dkim.SignedMail.rsa;
import static io.waypost.smtp.checks.dkim.TestVerifier.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6376 3.2 and 3.5: how a signature is written. */
class SignatureSyntaxTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("syntax")
    void isRead(SignedMail row) {
        assertThat(results(row.mail(), row.dns())).isEqualTo(row.expected());
    }

    static Stream<SignedMail> syntax() {
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

    /** A text as the octets of its UTF-8. */
    private static String octets(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
