package io.waypost.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "from file \r\n");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.write(folder.resolve("large"), new byte[70_000]);
        Files.createDirectory(folder.resolve("sub"));
    }

    private Optional<String> value(String yaml) {
        Map<String, String> environment =
                Map.of("NAME", "value", "EMPTY", "", "NULL", "null", "INJECT", "x\nother: ${NAME} $1 \\");
        return Document.read("f.yaml", "key: " + yaml, new Substitution(environment, folder), problems)
                .orElseThrow()
                .fields(problems)
                .text("key");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            ${NAME}, value
            a-${NAME}-${NAME}, a-value-value
            '${NAME}', value
            $${NAME}, ${NAME}
            $${body} ${NAME}, ${body} value
            $NAME, $NAME
            ${NULL}, null
            ${file:secret.txt}, `from file `
            """)
    void aReferenceIsPutIn(String yaml, String expected) {
        assertThat(value(yaml)).contains(expected);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void anEmptyVariableCountsAsNotGiven() {
        assertThat(value("${EMPTY}")).isEmpty();
    }

    @Test
    void whatIsPutInIsOnlyText() {
        assertThat(value("${INJECT}")).contains("x\nother: ${NAME} $1 \\");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ${NAMES}             | ${NAMES}: there is no environment variable of that name; did you mean 'NAME'?
            ${OTHER_THING}       | ${OTHER_THING}: there is no environment variable of that name
            ${}                  | there is no environment variable of that name
            a ${NAME             | '${' without its '}'; a text that shall hold '${' writes it as '$${'
            ${file:none.txt}     | ${file:none.txt}: the file cannot be read: NoSuchFileException
            ${file:binary}       | ${file:binary}: the file is not UTF-8 text
            ${file:large}        | ${file:large}: the file is larger than 64 KiB
            ${file:sub}          | ${file:sub}: the file cannot be read: IOException
            ${file:/dev/zero}    | ${file:/dev/zero}: the file cannot be read: IOException
            "${file:a\\0b}"      | : this is no path
            """)
    void aReferenceToNothingIsNamed(String yaml, String expected) {
        value(yaml);

        assertThat(problems.all()).singleElement().asString().contains(expected);
    }

    @Test
    void theEnvironmentIsNotShown() {
        assertThat(new Substitution(Map.of("KEY", "hunter2"), Path.of("")).toString())
                .doesNotContain("hunter2");
    }
}
