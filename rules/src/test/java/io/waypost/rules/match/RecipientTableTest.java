package io.waypost.rules.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.EmailAddress;
import io.waypost.message.ReversePath;
import io.waypost.rules.Mails;
import io.waypost.rules.TestAction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is taken by which recipients of a rule: every row of SES' table, and the spellings around it. */
class RecipientTableTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                // pattern, recipient, taken
                "user@example.com, user@example.com, true",
                "user@example.com, user+anything@example.com, true",
                "user@example.com, user+a+b@example.com, true",
                "user@example.com, user+@example.com, true",
                "user@example.com, other@example.com, false",
                "user@example.com, username@example.com, false",
                "user@example.com, +user@example.com, false",
                "user@example.com, user@example.org, false",
                "user@example.com, user@sub.example.com, false",
                "user@example.com, USER@EXAMPLE.COM, true",
                "User@Example.com, user+Tag@example.com, true",
                "user+label@example.com, user+label@example.com, true",
                "user+label@example.com, USER+LABEL@example.com, true",
                "user+label@example.com, user@example.com, false",
                "user+label@example.com, user+other@example.com, false",
                "user+label@example.com, user+label+more@example.com, false",
                "+user@example.com, +user@example.com, true",
                "example.com, user@example.com, true",
                "example.com, user+x@example.com, true",
                "example.com, user@EXAMPLE.com, true",
                "example.com, user@sub.example.com, false",
                "example.com, user@notexample.com, false",
                "sub.example.com, user@sub.example.com, true",
                "sub.example.com, user@example.com, false",
                "sub.example.com, user@deep.sub.example.com, false",
                ".example.com, user@sub.example.com, true",
                ".example.com, user@a.b.c.example.com, true",
                ".example.com, user@example.com, false",
                ".example.com, user@subexample.com, false",
                ".sub.example.com, user@x.sub.example.com, true",
                ".sub.example.com, user@sub.example.com, false",
                "'', user@example.com, true",
                "'', user@example.org, true",
                "'', user@sub.example.com, true",
                "'', user@elsewhere.example, false",
                "'', user@com, false",
                // Spellings of the same mailbox.
                "user@example.com, \"user\"@example.com, true",
                "user@example.com, \"us\\er\"@example.com, true",
                "user@example.com, \"user+x\"@example.com, true",
                "münchen.example, user@xn--mnchen-3ya.example, true",
                "xn--mnchen-3ya.example, user@MÜNCHEN.example, true",
                ".münchen.example, user@a.xn--mnchen-3ya.example, true",
                "jürgen@example.com, JÜRGEN@example.com, true",
            })
    void aPatternTakesARecipient(String pattern, String recipient, boolean taken) {
        CompiledRuleSet rules = Mails.compiled(Mails.rule("r", pattern, TestAction.keep("x")));
        EmailAddress address = EmailAddress.of(recipient);

        assertThat(rules.refusal(ReversePath.NULL, address, Mails.clear("192.0.2.1"))
                        .isEmpty())
                .isEqualTo(taken);
        if (!pattern.isEmpty()) {
            assertThat(RecipientPattern.of(pattern).takes(address)).isEqualTo(taken);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "@",
                "@example.com",
                "user@",
                "user@.example.com",
                "a b@example.com",
                "user@exa mple.com",
                "user@example..com",
                "-a.example",
                "*@example.com",
                "*.example.com",
                "us\"er@example.com",
                "user@@example.com"
            })
    void whatIsNoPatternIsRefusedInsteadOfTakingNobody(String text) {
        assertThatThrownBy(() -> RecipientPattern.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example.com");
    }
}
