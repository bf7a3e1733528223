package io.waypost.smtp.checks.arc;

import static io.waypost.smtp.checks.arc.SealedMail.SEAL_BROKEN;
import static io.waypost.smtp.checks.arc.SealedMail.row;
import static io.waypost.smtp.checks.arc.TestChain.LIST;
import static io.waypost.smtp.checks.arc.TestChain.chain;
import static io.waypost.smtp.checks.arc.TestChain.published;
import static io.waypost.smtp.checks.arc.TestChain.text;
import static io.waypost.smtp.checks.arc.TestChain.validate;
import static io.waypost.smtp.checks.arc.TestChain.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Verdict;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.testing.FakeDns;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8617 5.2: what happens to a mail after it was sealed, and what is told of its chain. */
class ArcValidatorTest {

    private static final TestMail PLAIN = TestMail.PLAIN;

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void isJudged(SealedMail row) {
        assertThat(text(validate(row.mail(), row.dns()))).isEqualTo(row.expected());
    }

    static Stream<SealedMail> changes() {
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
}
