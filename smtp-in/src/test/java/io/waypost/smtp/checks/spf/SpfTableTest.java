package io.waypost.smtp.checks.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 7208, case by case: see {@code cases.txt}. */
class SpfTableTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_795_593_600), ZoneOffset.UTC);

    private final SpfCheck check = new SpfCheck("mx.receiver.example", CLOCK);

    static List<SpfCase> cases() {
        return SpfCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void decides(SpfCase row) {
        SpfResult found = check.check(row.client(), row.helo(), row.from(), row.zone());

        assertThat(found.result().word()).as(found.toString()).isEqualTo(row.result());
        row.explanation().ifPresent(expected -> assertThat(found.explanation().orElse("-"))
                .isEqualTo(expected));
    }

    @Test
    void everyRowHasANameOfItsOwn() {
        assertThat(cases()).extracting(SpfCase::name).doesNotHaveDuplicates();
    }
}
