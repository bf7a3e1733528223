package io.waypost.outbound.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of policies and of the records that announce them. */
class StsPolicyTest {

    private static final String GOOD = "version: STSv1|mode: enforce|mx: mail.example.com|max_age: 86400";

    private static Optional<StsPolicy> read(String text) {
        return StsPolicy.read(text.replace("|", "\r\n"));
    }

    @Test
    void aPolicyIsRead() {
        assertThat(read("version: STSv1|mode: enforce|mx: MAIL.example.com|mx: *.example.net|max_age: 604800|"))
                .contains(new StsPolicy(
                        StsPolicy.Mode.ENFORCE, Duration.ofDays(7), List.of("mail.example.com", "*.example.net")));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @CsvSource(
            delimiter = ';',
            value = {
                "LF alone ends lines; RFC 8461 3.2; version: STSv1\\nmode: none\\nmax_age: 1; true",
                "a mode of none needs no exchangers; RFC 8461 3.2; version: STSv1|mode: none|max_age: 86400; true",
                "unknown keys are passed over; RFC 8461 3.2; " + GOOD + "|future: x; true",
                "of a key twice the first counts; RFC 8461 3.2; " + GOOD + "|mode: nonsense|max_age: x; true",
                "no version; RFC 8461 3.2; mode: enforce|mx: a.example|max_age: 1; false",
                "another version; RFC 8461 3.2; version: STSv2|mode: enforce|mx: a.example|max_age: 1; false",
                "no mode; RFC 8461 3.2; version: STSv1|mx: a.example|max_age: 1; false",
                "an unknown mode; RFC 8461 3.2; version: STSv1|mode: strict|mx: a.example|max_age: 1; false",
                "no age; RFC 8461 3.2; version: STSv1|mode: enforce|mx: a.example; false",
                "a negative age; RFC 8461 3.2; version: STSv1|mode: enforce|mx: a.example|max_age: -1; false",
                "no exchangers; RFC 8461 3.2; version: STSv1|mode: enforce|max_age: 1; false",
                "a page in HTML; RFC 8461 3.2; <html>; false",
                "nothing; RFC 8461 3.2; ''; false"
            })
    void whatIsNoPolicyIsNone(String name, String source, String text, boolean policy) {
        assertThat(StsPolicy.read(text.replace("|", "\r\n").replace("\\n", "\n"))
                        .isPresent())
                .isEqualTo(policy);
    }

    @Test
    void nobodyKeepsAPolicyForMoreThanAYear() {
        assertThat(read("version: STSv1|mode: none|max_age: 9999999999")
                        .orElseThrow()
                        .maxAge())
                .isEqualTo(Duration.ofSeconds(31_557_600));
    }

    @ParameterizedTest(name = "{0} against {1}: {2}")
    @CsvSource({
        "mail.example.com, mail.example.com, true",
        "mail.example.com, www.example.com, false",
        "*.example.com, mail.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, a.b.example.com, false",
        "*.example.com, .example.com, false"
    })
    void aPatternStandsForOneLabel(String pattern, String host, boolean allowed) {
        assertThat(new StsPolicy(StsPolicy.Mode.ENFORCE, Duration.ofDays(1), List.of(pattern)).allows(host))
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "v=STSv1; id=20160831085700Z; | 20160831085700Z",
                "v=STSv1;id=1 | 1",
                "v=STSv1; x=y; id=abc; z=1 | abc",
                "v=STSv1; | -",
                "v=STSv1; id=not an id | -",
                "v=STSv1; id=123456789012345678901234567890123 | -",
                "v=STSv2; id=1 | -",
                "v=spf1 -all | -"
            })
    void theRecordHasAnId(String record, String id) {
        assertThat(StsRecord.id(List.of(record)).orElse("-")).isEqualTo(id);
    }

    @Test
    void twoRecordsAreNone() {
        assertThat(StsRecord.id(List.of("v=STSv1; id=1", "v=STSv1; id=2"))).isEmpty();
        assertThat(StsRecord.id(List.of("v=STSv1; id=1", "v=spf1 -all"))).contains("1");
    }
}
