package io.waypost.rules.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {

    private static final String LETTERS = "abAB1 _.";
    private static final List<String> LEAVES = List.of(
            "a", "b", "A", "1", ".", "\\.", "[ab]", "[^a]", "[a-b1]", "\\w", "\\W", "\\d", "\\s", "^", "$", "\\b",
            "\\B");

    @ParameterizedTest(name = "{0} in \"{1}\": {2}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "abc, xxabcxx, true",
                "abc, ab, false",
                "^abc$, abc, true",
                "^abc$, abcd, false",
                "'', anything, true",
                "^$, '', true",
                "^$, x, false",
                "a.c, abc, true",
                "^(re|fwd): , 're: hello', true",
                "(?i)^RE:, 're: hello', true",
                "RE:, 're: hello', false",
                "(?i)[a-c]X, Bx, true",
                "[^0-9], 123, false",
                "'\\d{3,5}', a1234b, true",
                "^\\d{3}$, 1234, false",
                "\\binvoice\\b, 'an invoice.', true",
                "\\binvoice\\b, invoices, false",
                "\\Bs\\b, invoices, true",
                "^[\\w.+-]+@example\\.com$, a.b+c@example.com, true",
                "[]a], ], refused",
                "a{0}b, b, true",
                "(a|b)*c, ababc, true",
                "(a*)*b, aaab, true",
                "colou??r, color, true",
                "a|, x, true",
                "\\.\\*, 'a.*b', true",
                "^.$, 😀, true",
                "[😀], x😀, true",
            })
    void itMatchesWhatItSays(String expression, String text, String expected) {
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> LinearPattern.of(expression)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(LinearPattern.of(expression).isFoundIn(text)).isEqualTo(Boolean.parseBoolean(expected));
        }
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void itAgreesWithTheJdk(@ForAll long seed) {
        Random random = new Random(seed);
        String expression = expression(random, 4);
        LinearPattern pattern = LinearPattern.of(expression);
        Pattern model = Pattern.compile(expression);
        for (int i = 0; i < 10; i++) {
            String text = random.ints(random.nextInt(10), 0, LETTERS.length())
                    .mapToObj(at -> LETTERS.substring(at, at + 1))
                    .collect(Collectors.joining());
            assertThat(pattern.isFoundIn(text))
                    .as("'%s' in '%s'", expression, text)
                    .isEqualTo(model.matcher(text).find());
        }
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return LEAVES.get(random.nextInt(LEAVES.size()));
        }
        String one = expression(random, depth - 1);
        return switch (random.nextInt(7)) {
            case 0, 1 -> one + expression(random, depth - 1);
            case 2 -> "(" + one + "|" + expression(random, depth - 1) + ")";
            case 3 -> "(" + one + ")*";
            case 4 -> "(?:" + one + ")+";
            case 5 -> "(" + one + ")?";
            default -> "(" + one + "){1,2}";
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)+$",
                "(a|a)*b",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(.*)*(.*)*(.*)*x",
                "(a{0,20}){0,20}b"
            })
    @Timeout(20)
    void noTextMakesItHang(String expression) {
        LinearPattern pattern = LinearPattern.of(expression);
        String text = "a".repeat(100_000) + "!";
        long begin = System.nanoTime();
        assertThat(pattern.isFoundIn(text)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    @Timeout(10)
    void anExpressionThatGrowsWithoutEndIsRefusedAtOnce() {
        for (String expression :
                List.of("((((a{100}){100}){100}){100}){100}", "((((){1000}){1000}){1000}){1000}", "a{1000}{1000}")) {
            assertThatThrownBy(() -> LinearPattern.of(expression)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "(a, never closed",
                "a), too many",
                "[a, never closed",
                "*a, repeats nothing",
                "a**, two repetitions",
                "a++, two repetitions",
                "'a{2,1}', wrong way round",
                "a{x}, '{2}, {2,} or {2,5}'",
                "a{2000}, more than 1000",
                "[b-a], wrong way round",
                "(a)\\1, linear time",
                "(?=a), linear time",
                "(?<!a)b, linear time",
                "\\p{L}, not known",
                "[a&&b], dialects differ",
                "[[:alpha:]], dialects differ",
                "\\, stands at the end",
            })
    void whatCannotBeMatchedSafelyIsRefusedWithTheReason(String expression, String words) {
        assertThatThrownBy(() -> LinearPattern.of(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> LinearPattern.of("(".repeat(60) + "a" + ")".repeat(60)))
                .hasMessageContaining("nested more than 50");
        assertThatThrownBy(() -> LinearPattern.of("a".repeat(1001))).hasMessageContaining("longer than 1000");
    }
}
