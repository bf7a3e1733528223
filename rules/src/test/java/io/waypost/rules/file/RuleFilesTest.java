package io.waypost.rules.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.config.RulePatterns;
import io.waypost.config.text.Problem;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.rules.book.MemoryArchive;
import io.waypost.rules.book.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path base;

    private Path folder;
    private final MemoryArchive archive = new MemoryArchive();
    private final RuleBook book = new RuleBook(
            archive,
            RuleTexts.READER,
            new Scope("000000000000", "us-east-1"),
            false,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(base.resolve("rules"));
    }

    @Test
    void theActiveFileIsTakenAndTheOthersAreChecked() throws IOException {
        write("a.yaml", set("a", true));
        write("b.yaml", set("b", false));
        write("c.txt", "not a rule set");
        write(".b.yaml.swp.yaml", "an editor's");
        RuleFiles files = files();
        assertThat(files.load()).isEmpty();
        assertThat(active()).isEqualTo("a@1");
        assertThat(files.files()).extracting("name").containsExactly("a", "b");
    }

    @Test
    void aFaultInAnyFileChangesNothing() throws IOException {
        write("a.yaml", set("a", true));
        RuleFiles files = files();
        files.load();
        write("a.yaml", set("a", true) + "# more\n");
        write("b.yaml", "name: b\nrulez: []\n");

        assertThat(files.load())
                .extracting(Problem::toString)
                .containsExactly(
                        "rules/b.yaml:1: 'rules' must be a list: '- name: ...' for each rule, or []",
                        "rules/b.yaml:2: unknown key 'rulez'; did you mean 'rules'?");
        assertThat(active()).isEqualTo("a@1");
        assertThat(RuleFiles.check(patterns(), RuleTexts.READER, Ownership.REQUIRED))
                .hasSize(2);
    }

    @Test
    void twoActiveSetsAndTwoOfOneNameAreFaults() throws IOException {
        write("a.yaml", set("a", true));
        write("b.yaml", set("b", true));
        write("c.yaml", set("a", false));
        assertThat(files().load())
                .extracting(Problem::toString)
                .containsExactly(
                        "rules/b.yaml:1: two rule sets are active, 'b' and 'a' (rules/a.yaml:1); set active: false in one of them",
                        "rules/c.yaml:1: two rule sets are named 'a'; the other one is at rules/a.yaml:1");
        assertThat(active()).isEqualTo("none");
    }

    @Test
    void theActiveRuleSetOutlivesItsFileButNotItsOwnWord() throws IOException {
        write("a.yaml", set("a", true));
        RuleFiles files = files();
        files.load();
        Files.delete(folder.resolve("a.yaml"));
        assertThat(files.load())
                .singleElement()
                .asString()
                .contains("the active rule set 'a' is gone; it stays active");
        assertThat(active()).isEqualTo("a@1");

        write("b.yaml", set("b", true));
        assertThat(files.load()).isEmpty();
        assertThat(active()).isEqualTo("b@1");

        write("b.yaml", set("b", false));
        assertThat(files.load()).isEmpty();
        assertThat(active()).isEqualTo("none");
    }

    @Test
    void withoutAnyFileNothingIsActive() throws IOException {
        assertThat(files().load()).isEmpty();
        Files.delete(folder);
        assertThat(files().load()).isEmpty();
        assertThat(active()).isEqualTo("none");
    }

    @Test
    void whatCannotBeReadIsAFault() throws IOException {
        Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x00});
        assertThat(files().load()).singleElement().asString().contains("rules/a.yaml:1: cannot be read");
    }

    @Test
    void aSavedFileIsTakenByItsEvent() throws IOException {
        write("a.yaml", set("a", true));
        try (RuleFileWatch watch = watching(LONG)) {
            await().until(() -> heard.contains("a@1"));
            write("a.yaml", set("a", true) + "# again\n");
            await().until(() -> active().equals("a@2"));
        }
    }

    @Test
    void aFileRenamedIntoPlaceIsTakenByItsEvent() throws IOException {
        write("a.yaml", set("a", true));
        try (RuleFileWatch watch = watching(LONG)) {
            await().until(() -> heard.contains("a@1"));
            Path temporary = Files.writeString(folder.resolve("a.yaml~"), set("a", true) + "# again\n");
            Files.move(temporary, folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);
            await().until(() -> active().equals("a@2"));

            Files.move(folder.resolve("a.yaml"), folder.resolve("a.yaml.bak"));
            write("a.yaml", set("a", true) + "# third\n");
            await().until(() -> active().equals("a@3"));
        }
    }

    @Test
    void withoutEventsTheFilesAreLookedAtFromTimeToTime() throws IOException {
        Files.delete(folder);
        try (RuleFileWatch watch = watching(SHORT)) {
            await().until(() -> heard.contains("none"));
            Path elsewhere = Files.createDirectories(base.resolve("prepared"));
            Files.writeString(elsewhere.resolve("a.yaml"), set("a", true));
            Files.move(elsewhere, folder);
            await().until(() -> active().equals("a@1"));
            // The folder is replaced as a whole, the new file has the old one's size and time.
            Path next = Files.createDirectories(base.resolve("next"));
            Files.writeString(next.resolve("a.yaml"), set("b", true));
            Files.setLastModifiedTime(
                    next.resolve("a.yaml"),
                    FileTime.from(
                            Files.getLastModifiedTime(folder.resolve("a.yaml")).toInstant()));
            Files.move(folder, base.resolve("old"));
            Files.move(next, folder);
            await().until(() -> active().equals("b@1"));
        }
    }

    @Test
    void aBrokenFileIsToldOnceAndTheRightOneTakenAfterwards() throws IOException {
        write("a.yaml", set("a", true));
        try (RuleFileWatch watch = watching(SHORT)) {
            await().until(() -> heard.contains("a@1"));
            write("a.yaml", "name: a\nactive: true\nrules: [ { name: r } ]\n");
            await().until(() -> heard.stream().anyMatch(line -> line.contains("a.yaml:3: a rule needs 'actions'")));
            assertThat(active()).isEqualTo("a@1");
            write("a.yaml", set("a", true) + "# repaired\n");
            await().until(() -> active().equals("a@2"));
        }
        assertThat(heard.stream().filter(line -> line.contains("needs 'actions'")))
                .hasSize(1);
    }

    @Test
    void aStoreThatFailsIsTriedAgain() throws IOException {
        archive.broken(true);
        write("a.yaml", set("a", true));
        try (RuleFileWatch watch = watching(SHORT)) {
            await().until(() -> heard.stream().anyMatch(line -> line.contains("the store answers")));
            archive.broken(false);
            await().until(() -> active().equals("a@1"));
        }
    }

    @Test
    void aChangeIsTakenOnlyWhenItStaysTheSame() throws IOException {
        write("a.yaml", set("a", true));
        RuleFiles files = files();
        files.load();
        RuleFiles.Look before = files.look(false);
        assertThat(files.isNew(before)).isFalse();
        write("a.yaml", "name: a\nactive: true\nrules: []\n");
        RuleFiles.Look half = files.look(true);
        write("a.yaml", set("a", true) + "# whole\n");
        RuleFiles.Look whole = files.look(true);
        assertThat(files.isNew(half)).isTrue();
        assertThat(whole).isNotEqualTo(half);
    }

    private RuleFiles files() {
        return new RuleFiles(patterns(), RuleTexts.READER, book, new RuleFiles.Listener() {
            @Override
            public void taken(Optional<RuleSetVersion> active) {
                heard.add(active.map(RuleSetVersion::toString).orElse("none"));
            }

            @Override
            public void refused(List<Problem> problems) {
                heard.add(problems.toString());
            }
        });
    }

    private RuleFileWatch watching(Duration poll) {
        RuleFileWatch watch = new RuleFileWatch(files(), poll, SHORT);
        watch.start();
        return watch;
    }

    private String active() {
        return book.active().map(rules -> rules.version().toString()).orElse("none");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String set(String name, boolean active) {
        return "name: " + name + "\nactive: " + active + "\nrules: [ { name: r, actions: [ keep: x ] } ]\n";
    }

    private RulePatterns patterns() {
        return new RulePatterns(base, List.of("rules/*.yaml"));
    }
}
