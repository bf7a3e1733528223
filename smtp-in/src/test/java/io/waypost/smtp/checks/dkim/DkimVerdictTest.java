package io.waypost.smtp.checks.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Verdicts;
import io.waypost.smtp.checks.signature.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimVerdictTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            no signature                             | -                   | GRAY              | none
            one that passes                          | pass                | PASS              | pass
            one that passes below one that does not  | fail pass           | PASS              | pass
            one that passes beside one without a key | temperror pass      | PASS              | pass
            one that does not                        | fail                | FAIL              | fail
            only refused ones                        | policy              | FAIL              | policy
            only malformed ones                      | permerror           | FAIL              | permerror
            one may pass on another day              | fail temperror      | PROCESSING_FAILED | temperror
            several reasons: fail is the strongest   | permerror policy fail | FAIL            | fail
            only a domain that is trying out         | neutral             | GRAY              | neutral
            it, beside another                       | neutral permerror   | FAIL              | permerror
            """)
    void whatSingleResultsMean(String name, String results, String status, String word) {
        List<DkimResult> all = results == null
                ? List.of()
                : Arrays.stream(results.split(" ")).map(DkimVerdictTest::result).toList();
        Verdicts.Dkim dkim = DkimVerdict.of(all, Duration.ofMillis(2));

        assertThat(dkim.verdict().status()).as(name).hasToString(status);
        assertThat(dkim.verdict().result()).isEqualTo(word);
        assertThat(dkim.verdict().took()).isEqualTo(Duration.ofMillis(2));
        assertThat(dkim.signatures()).hasSameSizeAs(all);
    }

    @Test
    void theReasonNamesTheDomain() {
        Verdicts.Dkim dkim = DkimVerdict.of(List.of(result("fail")), Duration.ZERO);

        assertThat(dkim.verdict().reason()).isEqualTo("example.com: because");
        assertThat(dkim.signatures()).containsExactly(new Verdicts.Signature("example.com", "s", "fail", "because"));
    }

    private static DkimResult result(String word) {
        return new DkimResult(
                Result.valueOf(word.toUpperCase(Locale.ROOT)),
                "example.com",
                "s",
                Optional.empty(),
                Optional.empty(),
                "abcdefgh",
                word.equals("pass") ? "" : "because");
    }
}
