package io.waypost.smtp.checks.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.checks.arc.ArcResult;
import io.waypost.smtp.checks.arc.ArcValidator;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.Result;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DkimPropertyTest {

    private static final TestMail SIGNED =
            TestSigner.rsa().sign(TestSigner.with(TestKey.ED25519).sign(TestMail.PLAIN));
    private static final InstantSource CLOCK = InstantSource.fixed(TestVerifier.NOW);

    @Property(tries = 1000)
    void whatWasSignedPassesHoweverItIsCut(
            @ForAll("mails") TestMail mail, @ForAll("signers") Form form, @ForAll long seed) {
        TestMail signed = form.signer().sign(mail);

        List<DkimResult> results =
                new DkimVerifier(CLOCK).verify(signed.header(), signed.bodies(new Random(seed)), TestVerifier.dns());

        assertThat(results).extracting(DkimResult::result).as(signed.text()).containsExactly(Result.PASS);
    }

    @Property(tries = 1000)
    void oneChangedOctetIsFound(
            @ForAll("mails") TestMail mail, @ForAll("signers") Form form, @ForAll @IntRange(max = 100_000) int at) {
        TestMail signed = form.signer().sign(mail);
        String text = signed.text();
        // Everything below the signature is signed: the fields are those that h= names.
        int first = text.length() - mail.text().length();
        int position = first + at % mail.text().length();
        char old = text.charAt(position);
        Assume.that(old > ' ' && old != ':');
        char changed = old == 'x' ? 'y' : 'x';
        TestMail other = new TestMail(text.substring(0, position) + changed + text.substring(position + 1));
        Assume.that(other.header().fields("From").size() == 1);
        // A name's case does not matter under relaxed, an X for an x.
        Assume.that(old != 'X');

        assertThat(TestVerifier.verify(other, TestVerifier.dns()))
                .extracting(DkimResult::result)
                .as(other.text())
                .containsExactly(Result.FAIL);
    }

    @Property(tries = 3000)
    void noHeaderFieldMakesItFail(@ForAll("garbage") String value, @ForAll("names") String name) {
        TestMail mail = TestMail.PLAIN.with(name + ":" + value + "\r\n");

        assertHarmless(mail, TestVerifier.dns());
    }

    @Property(tries = 2000)
    void noHeaderMakesItFail(@ForAll byte[] header, @ForAll byte[] body) {
        HeaderBlock block = HeaderBlock.of(header);
        BodyHashes hashes = BodyHashes.wanted(block);
        hashes.update(body, 0, body.length);
        hashes.finish();

        assertThat(new DkimVerifier(CLOCK).verify(block, hashes, TestVerifier.dns()))
                .isNotNull();
        assertThat(new ArcValidator(CLOCK)
                        .validate(block, hashes, TestVerifier.dns())
                        .status())
                .isNotEqualTo(ArcResult.Status.PASS);
    }

    @Property(tries = 3000)
    void noKeyRecordMakesItFail(@ForAll("garbage") String record) {
        FakeDns dns = new FakeDns()
                .txt("rsa._domainkey.example.com", record, "v=DKIM1; " + record, "p=" + record)
                .txt("ed._domainkey.example.com", "k=ed25519; p=" + record);

        assertHarmless(SIGNED, dns);
    }

    @Property(tries = 1000)
    void noOctetsOfAKeyMakeItFail(@ForAll byte[] key, @ForAll @IntRange(max = 293) int at) {
        byte[] near = TestKey.RSA.pair().getPublic().getEncoded();
        near[at] ^= (byte) (key.length == 0 ? 1 : key[0]);
        var base64 = java.util.Base64.getEncoder();
        FakeDns dns = new FakeDns()
                .txt(
                        "rsa._domainkey.example.com",
                        "p=" + base64.encodeToString(near),
                        "p=" + base64.encodeToString(key))
                .txt("ed._domainkey.example.com", "k=ed25519; p=" + base64.encodeToString(key));

        assertHarmless(SIGNED, dns);
    }

    private static void assertHarmless(TestMail mail, FakeDns dns) {
        assertThat(TestVerifier.verify(mail, dns)).allSatisfy(result -> assertThat(result.reason()
                        + result.domain()
                        + result.selector()
                        + result.signaturePrefix()
                        + result.identity())
                .matches("[ -~]*"));
        ArcResult result = new ArcValidator(CLOCK).validate(mail.header(), mail.bodies(), dns);
        assertThat(result.status()).isNotEqualTo(ArcResult.Status.PASS);
        assertThat(result.reason()).matches("[ -~]*");
    }

    /** A way to sign. */
    record Form(TestKey key, String forms) {
        TestSigner signer() {
            return TestSigner.with(key).tag("c", forms).tag("h", "from:to:subject:x-a:x-a:x-b");
        }
    }

    @Provide
    Arbitrary<Form> signers() {
        return Arbitraries.of(TestKey.ED25519, TestKey.RSA_1024)
                .flatMap(key -> Arbitraries.of("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed")
                        .map(forms -> new Form(key, forms)));
    }

    @Provide
    Arbitrary<TestMail> mails() {
        Arbitrary<String> value = Arbitraries.of("a", "b b", "  ", "\t", "\r\n ", "c\r\n\td", "\u00e9", ":", ";", "=")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        // X-A is signed twice, the others once.
        Arbitrary<String> fields = Arbitraries.of("To", "subject", "X-A", "x-a", "X-B")
                .set()
                .ofMaxSize(5)
                .flatMap(names -> value.list().ofSize(names.size()).map(values -> IntStream.range(0, values.size())
                        .mapToObj(i -> List.copyOf(names).get(i) + ": " + values.get(i) + "\r\n")
                        .collect(Collectors.joining())));
        Arbitrary<String> body = Arbitraries.of(
                        "\r\n", "\r\n", " ", "\t", "a", "word word", "\u00ff", ".", "long".repeat(50))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
        return fields.flatMap(
                head -> body.map(text -> new TestMail("From: alice@example.com\r\n" + head + "\r\n" + text)));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("DKIM-Signature", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results");
    }

    /** Pieces of tag lists in any order. */
    @Provide
    Arbitrary<String> garbage() {
        Arbitrary<String> piece = Arbitraries.of(
                "v=1",
                "v=DKIM1",
                "a=rsa-sha256",
                "a=ed25519-sha256",
                "d=example.com",
                "s=rsa",
                "s=ed",
                "h=from",
                "i=1",
                "i=@example.com",
                "b=AAAA",
                "bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "l=0",
                "c=relaxed/relaxed",
                "t=1",
                "x=2",
                "q=dns/txt",
                "k=rsa",
                "p=",
                "p=AAAA",
                "cv=none",
                ";",
                "; ",
                "=",
                ":",
                "\r\n ",
                "\t",
                "(",
                ")",
                "\\",
                "\u0000",
                "\u00ff",
                "99999999999999999999",
                "t=y:s");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(6).map(text -> new String(
                        text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replace("\r", "")
                .replace("\n", ""));
        return Arbitraries.oneOf(piece, piece, piece, any).list().ofMaxSize(20).flatMap(parts -> Arbitraries.of(
                        "", ";", "; ")
                .map(between -> String.join(between, parts)));
    }
}
