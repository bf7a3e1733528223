package io.waypost.smtp.checks.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** What stands in a field unquoted is what these expressions match, and nothing else. */
class FieldTextTest {

    // RFC 8601 2.2 without the equals sign.
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+)*)?@"
                    + "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+");

    // RFC 5321 4.1.2.
    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9-]*[A-Za-z0-9]");

    @Property(tries = 5000)
    void addressesStandAsTheyAre(
            @ForAll @Chars({'a', 'Z', '0', '@', '.', '-', '+', '=', '"', ' '}) @StringLength(max = 12) String text) {
        String written = FieldText.propertyValue(text, false);
        if (text.indexOf('@') >= 0) {
            assertThat(written.equals(text)).isEqualTo(ADDRESS.matcher(text).matches());
        }
        assertThat(written.equals(text) || written.startsWith("\"")).isTrue();
    }

    @Property(tries = 2000)
    void methodsAreKeywords(@ForAll @CharRange(from = '*', to = 'b') @StringLength(max = 6) String word) {
        boolean taken;
        try {
            new MethodResult(word, "pass", Optional.empty(), Optional.empty(), List.of());
            taken = true;
        } catch (IllegalArgumentException e) {
            taken = false;
        }
        assertThat(taken).isEqualTo(KEYWORD.matcher(word).matches());
    }
}
