package io.waypost.smtp.checks.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.syntax.DomainName;
import io.waypost.smtp.testing.Headers;
import io.waypost.smtp.testing.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of From fields in {@code checks/from-fields.txt}. */
class AuthorTest {

    static Stream<Arguments> table() throws IOException {
        try (InputStream in = AuthorTest.class.getResourceAsStream("/checks/from-fields.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|", 4))
                    .map(cells -> Arguments.of(
                            "RFC " + cells[0].strip(), cells[2].strip(), cells[3].stripLeading(), cells[1].strip()));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("table")
    void judges(String section, String name, String header, String expected) {
        Author author =
                Author.of(Headers.block(Transcript.unescape(header + "\\r\\n")).fields());
        assertThat(words(author)).as("%s", author).isEqualTo(expected);
    }

    private static String words(Author author) {
        return switch (author) {
            case Author.One(DomainName domain) -> "one " + domain;
            case Author.Several several ->
                "several " + several.domains().stream().map(DomainName::name).collect(Collectors.joining(" "));
            case Author.Unusable _ -> "unusable";
        };
    }

    @ParameterizedTest
    @MethodSource("overlong")
    void whatIsOverlongIsNotRead(String value) {
        assertThat(FromField.read(value)).isEqualTo(new Author.Unusable("an overlong From field"));
    }

    static Stream<String> overlong() {
        return Stream.of("x".repeat(8 * 1024) + "@x.example", "(".repeat(200_000), "a@x.example,".repeat(50_000));
    }

    @ParameterizedTest
    @MethodSource("longNames")
    void aLongNameHidesNothing(String value, String expected) {
        assertThat(words(FromField.read(value))).isEqualTo(expected);
    }

    static Stream<Arguments> longNames() {
        return Stream.of(
                Arguments.of("\"" + "x ".repeat(2000) + "\" <a@x.example>", "one x.example"),
                Arguments.of("b@y.example" + " ".repeat(5000) + "<a@x.example>", "unusable"),
                Arguments.of("a@" + "x".repeat(64) + ".example", "unusable"),
                Arguments.of("a@" + "x.".repeat(150) + "example", "unusable"),
                Arguments.of("= ".repeat(4000) + "<a@x.example>", "one x.example"),
                Arguments.of("a@x.example,".repeat(600), "one x.example"));
    }
}
