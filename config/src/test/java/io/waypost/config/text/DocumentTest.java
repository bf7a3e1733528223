package io.waypost.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {

    private final Problems problems = new Problems();

    private Optional<Node> read(String text) {
        return Document.read("f.yaml", text, Substitution.NONE, problems);
    }

    @Test
    void everyValueKnowsItsLine() {
        Fields fields =
                read("# comment\na: 1\nb:\n  - x\n  - { c: y }\n").orElseThrow().fields(problems);

        assertThat(fields.placeOf("b")).isEqualTo(new Place("f.yaml", 3));
        assertThat(fields.items("b").get(1).place()).isEqualTo(new Place("f.yaml", 5));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void wordsStayWordsAndOnlyPlainNullsAreNull() {
        Fields fields = read("a: no\nb: 010\nc: ~\nd: 'null'\ne: null\nf:\ng: ''\n")
                .orElseThrow()
                .fields(problems);

        assertThat(fields.text("a")).contains("no");
        assertThat(fields.text("b")).contains("010");
        assertThat(fields.text("d")).contains("null");
        assertThat(fields.text("g")).contains("");
        assertThat(fields.has("c") || fields.has("e") || fields.has("f")).isFalse();
    }

    @Test
    void aByteOrderMarkAndCrlfAreNotPartOfTheText() {
        assertThat(read("\ufeffa: x\r\nb: y\r\n").orElseThrow().fields(problems).text("a"))
                .contains("x");
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            ``|f.yaml:1: the file is empty
            # only a comment|f.yaml:1: the file is empty
            a: 1\\n\\tb: 2|f.yaml:2: not YAML: found character '\\t(TAB)'
            a: 1\\na: 2|f.yaml:2: the key 'a' stands here twice
            a: 1\\nb: {c: 1,\\n c: 2}|f.yaml:3: the key 'c' stands here twice
            a: 1\\n b: 2|f.yaml:2: not YAML: mapping values are not allowed here
            a: [1, 2|f.yaml:1: not YAML: expected ',' or ']'
            a: 'x|f.yaml:1: not YAML: found unexpected end of stream
            a: &x 1|f.yaml:1: anchors (&name) are not allowed
            a: &x 1\\nb: *x|f.yaml:2: aliases (*name) are not allowed; write the value out
            a: &x [1]\\nb: *x|f.yaml:2: aliases (*name) are not allowed
            a: *x|f.yaml:1: aliases (*name) are not allowed
            a: {}\\nb:\\n  <<: {c: 1}|f.yaml:3: merge keys (<<) are not allowed
            a: !!binary eA==|f.yaml:1: tags (!name) are not allowed
            a: !java.net.URL [x]|f.yaml:1: tags (!name) are not allowed
            [a, b]: 1|f.yaml:1: a key must be a plain word
            ? {a: 1}\\n: 2|f.yaml:1: a key must be a plain word
            "": 1|f.yaml:1: a key is missing before the ':'
            a: 1\\n---\\nb: 2|f.yaml:2: a second document begins here
            a: 1\\nb: "\\0"|f.yaml:2: not YAML: the character U+0000 is not allowed
            a: \\u001b[31m|f.yaml:1: not YAML: the character U+001B is not allowed
            %YAML 9.9\\n---\\na: 1|not YAML
            """)
    void brokenTextsAreNamedWithTheirLine(String text, String expected) {
        read(unescape(text));

        assertThat(problems.toString()).contains(expected);
    }

    private static String unescape(String text) {
        return text == null
                ? ""
                : text.replace("\\n", "\n")
                        .replace("\\t", "\t")
                        .replace("\\0", "\0")
                        .replace("\\u001b", "\u001b");
    }

    @Test
    void allFaultsOfOneTextAreFoundAtOnceInTheOrderOfTheirLines() {
        read("a: 1\na: 2\nb: *x\n<<: {}\nc: !t 1\n");

        assertThat(problems.all()).extracting(problem -> problem.place().line()).containsExactly(2, 3, 4, 5);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void hostileDepthEndsTheReadingInsteadOfTheStack() {
        read("[\n".repeat(200_000));
        assertThat(problems.toString()).contains("f.yaml:52: nested more than 50 deep");

        Problems mappings = new Problems();
        Document.read("f.yaml", "{a:\n".repeat(100_000), Substitution.NONE, mappings);
        assertThat(mappings.toString()).contains("nested more than 50 deep");

        Problems keys = new Problems();
        Document.read("f.yaml", "? ".repeat(30_000), Substitution.NONE, keys);
        assertThat(keys.toString()).contains("nested more than 50 deep");

        Problems allowed = new Problems();
        Document.read("f.yaml", "[".repeat(50) + "]".repeat(50), Substitution.NONE, allowed);
        assertThat(allowed.all()).isEmpty();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aliasesDoNotGrowTheText() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
        }

        read(bomb.toString());

        assertThat(problems.all()).hasSizeGreaterThan(300).first().asString().contains("anchors");
    }

    @Test
    void aTextOrFileAboveTheLimitIsRefused(@TempDir Path folder) throws IOException {
        String lines = "# a comment line of some length\n".repeat(Document.MAX_SIZE / 32 + 1) + "a: 1\n";
        read(lines);
        assertThat(problems.toString()).contains("not YAML").contains("limit");

        Path file = Files.writeString(folder.resolve("big.yaml"), lines);
        Problems large = new Problems();
        Document.read(file, Substitution.NONE, large);
        assertThat(large.toString()).isEqualTo(file + ":1: larger than 16 MiB");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aLineThatCostsTheParserTheSquareOfItsLengthIsRefused() {
        read("a: 1\nb: " + "x".repeat(10_000_000) + "\nc: 1\n");

        assertThat(problems.toString()).isEqualTo("f.yaml:2: longer than 64 KiB; break the line");
    }

    @Test
    void aFileThatIsMissingOrNotUtf8OrAFolderIsNamed(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), "a: \u00e4".getBytes(StandardCharsets.ISO_8859_1));

        Document.read(latin, Substitution.NONE, problems);
        Document.read(folder.resolve("none.yaml"), Substitution.NONE, problems);
        Document.read(folder, Substitution.NONE, problems);

        assertThat(problems.toString())
                .contains("latin.yaml:1: not UTF-8; save the file in that encoding")
                .contains("none.yaml:1: there is no such file")
                .contains(folder + ":1: cannot be read");
    }

    @Test
    void aHugeKeyIsNamedShortAndPrintable() {
        read("? \"" + "k".repeat(50_000) + "\\u202e\\n\"\n: 1\n")
                .orElseThrow()
                .fields(problems)
                .finish();

        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .startsWith("f.yaml:1: unknown key 'kkk")
                .hasSizeLessThan(1100));
        assertThat(new Problem(new Place("f", 1), "a\u001b[2J\u202e\nb").fault())
                .isEqualTo("a\\u001b[2J\\u202e\\u000ab");
    }

    @Property(tries = 3000)
    void anyTextIsEitherReadOrNamedWithAFault(@ForAll @StringLength(max = 60) String text) {
        Problems found = new Problems();

        Optional<Node> node = Document.read("f.yaml", text, Substitution.NONE, found);

        assertThat(node.isPresent() || !found.isEmpty()).isTrue();
    }

    @Test
    void aSequenceOfManyItemsIsReadInItsOwnTime() {
        Duration took = time(() -> read("- { name: a, value: b }\n".repeat(100_000)));

        assertThat(problems.all()).isEmpty();
        assertThat(took).isLessThan(Duration.ofSeconds(60));
    }

    private static Duration time(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void substitutionIsLeftAloneWhereThereIsNone() {
        assertThat(read("a: ${X}").orElseThrow().fields(problems).text("a")).contains("${X}");
    }
}
