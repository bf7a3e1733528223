package io.waypost.smtp.checks.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.header.HeaderBlock;
import java.util.Base64;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BodyHashesTest {

    /** SHA-256 of nothing. */
    private static final String NOTHING = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    /** SHA-256 of CR LF. */
    private static final String LINE_END = "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=";

    @Test
    void withoutSignaturesNothingIsHashed() {
        BodyHashes hashes = TestMail.PLAIN.bodies();

        assertThat(hashes.hash(Canonicalization.SIMPLE, OptionalLong.empty())).isEmpty();
        assertThat(hashes.hash(Canonicalization.RELAXED, OptionalLong.empty())).isEmpty();
    }

    @Test
    void onlyTheFormsThatSignaturesWant() {
        BodyHashes hashes = signature("c=relaxed/simple").bodies();

        assertThat(hashes.hash(Canonicalization.SIMPLE, OptionalLong.empty())).isPresent();
        assertThat(hashes.hash(Canonicalization.RELAXED, OptionalLong.empty())).isEmpty();
    }

    @Test
    void nothingForWhatCannotPass() {
        BodyHashes hashes = signature("c=simple/relaxed; x=soon")
                .with(signature("c=simple/simple").text().replace("a=rsa-sha256", "a=rsa-sha1"))
                .bodies();

        assertThat(hashes.hash(Canonicalization.RELAXED, OptionalLong.empty())).isEmpty();
        assertThat(hashes.hash(Canonicalization.SIMPLE, OptionalLong.empty())).isEmpty();
    }

    /** RFC 6376 3.4.3, 3.4.4: the published hashes of no body. */
    @Test
    void noBody() {
        BodyHashes hashes = BodyHashes.wanted(signature("c=simple/simple")
                .with(signature("c=relaxed/relaxed").head())
                .header());
        hashes.finish();

        assertThat(base64(hashes.hash(Canonicalization.RELAXED, OptionalLong.empty())
                        .orElseThrow()))
                .isEqualTo(NOTHING);
        assertThat(base64(hashes.hash(Canonicalization.SIMPLE, OptionalLong.empty())
                        .orElseThrow()))
                .isEqualTo(LINE_END);
    }

    @Test
    void eachLengthHasItsHash() {
        TestMail mail = signature("c=simple/simple; l=0")
                .with(signature("c=simple/simple; l=2").head())
                .with(signature("c=simple/simple; l=4").head())
                .with(signature("c=simple/simple; l=99").head());
        BodyHashes hashes = new TestMail(mail.head() + "\r\n\r\n\r\n\r\nx\r\n").bodies(new java.util.Random(1));

        BodyHash none = hashes.hash(Canonicalization.SIMPLE, OptionalLong.of(0)).orElseThrow();
        assertThat(base64(none)).isEqualTo(NOTHING);
        assertThat(none.isPartial()).isTrue();
        assertThat(base64(
                        hashes.hash(Canonicalization.SIMPLE, OptionalLong.of(2)).orElseThrow()))
                .isEqualTo(LINE_END);
        assertThat(hashes.hash(Canonicalization.SIMPLE, OptionalLong.of(4))
                        .orElseThrow()
                        .hashed())
                .isEqualTo(4);
        BodyHash all = hashes.hash(Canonicalization.SIMPLE, OptionalLong.of(99)).orElseThrow();
        assertThat(all.hashed()).isEqualTo(9);
        assertThat(all.isPartial()).isFalse();
    }

    /** RFC 8617 5.2 step 4: of a chain, only the newest signature must verify. */
    @Test
    void ofAChainTheNewest() {
        String older = arc("i=1; c=relaxed/simple");
        String newer = arc("i=2; c=simple/relaxed");
        BodyHashes hashes = BodyHashes.wanted(HeaderBlock.of(TestMail.octets(newer + older)));
        hashes.finish();

        assertThat(hashes.hash(Canonicalization.RELAXED, OptionalLong.empty())).isPresent();
        assertThat(hashes.hash(Canonicalization.SIMPLE, OptionalLong.empty())).isEmpty();
    }

    @Test
    void thereIsNoHashBeforeTheEnd() {
        BodyHashes hashes = BodyHashes.wanted(signature("c=simple/simple").header());

        assertThatThrownBy(() -> hashes.hash(Canonicalization.SIMPLE, OptionalLong.empty()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static TestMail signature(String tags) {
        return new TestMail("DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; bh=AAAA; b=AAAA; " + tags
                + "\r\n\r\n");
    }

    private static String arc(String tags) {
        return "ARC-Message-Signature: a=rsa-sha256; d=example.com; s=rsa; h=from; bh=AAAA; b=AAAA; " + tags + "\r\n";
    }

    private static String base64(BodyHash hash) {
        return Base64.getEncoder().encodeToString(hash.digest());
    }
}
