package io.waypost.smtp.checks.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageId;
import io.waypost.smtp.checks.signature.TestMail;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {

    private static final Instant AT = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final MessageId ID = MessageId.next(AT, new Random(1));

    private static String receipt(TestMail mail) {
        return TestReceipts.RECEIPTS.of(ID, mail.header());
    }

    @Test
    void saysWhichMailAndWhen() {
        String receipt = receipt(TestMail.PLAIN);

        assertThat(receipt).matches("[A-Za-z0-9+/]{56}").isEqualTo(receipt(TestMail.PLAIN));
        assertThat(TestReceipts.RECEIPTS.verified(receipt, TestMail.PLAIN.header()))
                .contains(ID);
        assertThat(ID.acceptedAt()).isEqualTo(AT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            another subject        | Lunch  on            | Supper on             | forged
            another author         | alice@               | mallory@              | forged
            another recipient      | bob@example.org      | eve@example.org       | forged
            another date           | 23 Nov               | 24 Nov                | forged
            another Message-ID     | <1@example.com>      | <2@example.com>       | forged
            a field that is gone   | To: bob@example.org  | X-To: bob@example.org | forged
            a subject in To        | Subject:             | To:                   | forged
            white space            | Lunch  on            | Lunch on              | genuine
            a name in capitals     | Subject:             | SUBJECT:              | genuine
            another field          | X-Loop: one          | X-Loop: three         | genuine
            another text           | shall we?            | we shall not          | genuine
            """)
    void fitsTheMailItWasMadeFor(String name, String old, String changed, String expected) {
        TestMail other = TestMail.PLAIN.replace(old, changed);

        assertThat(TestReceipts.RECEIPTS.verified(receipt(TestMail.PLAIN), other.header()))
                .as(name)
                .isEqualTo(expected.equals("genuine") ? java.util.Optional.of(ID) : java.util.Optional.empty());
    }

    @Test
    void aSecondFieldOfANameBreaksIt() {
        assertThat(TestReceipts.RECEIPTS.verified(
                        receipt(TestMail.PLAIN),
                        TestMail.PLAIN.with("From: eve@example.com\r\n").header()))
                .isEmpty();
    }

    @Test
    void everyBitOfItCounts() {
        byte[] token = Base64.getDecoder().decode(receipt(TestMail.PLAIN));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(TestReceipts.RECEIPTS.verified(
                            Base64.getEncoder().encodeToString(changed), TestMail.PLAIN.header()))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void anotherServersKeyMakesAnother() {
        byte[] key = new byte[32];
        key[31] = 1;

        assertThat(new Receipts(new SecretKeySpec(key, "HmacSHA256"))
                        .verified(receipt(TestMail.PLAIN), TestMail.PLAIN.header()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "AAAA", "\u00e9", "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"})
    void garbageIsNone(String text) {
        assertThat(TestReceipts.RECEIPTS.verified(text, TestMail.PLAIN.header()))
                .isEmpty();
        assertThat(TestReceipts.RECEIPTS.verified("A".repeat(56), TestMail.PLAIN.header()))
                .isEmpty();
    }
}
