package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.sign.AccessKeys;
import io.waypost.api.aws.sign.StoredKeys;
import io.waypost.api.secret.Sealing;
import io.waypost.server.support.Setup;
import io.waypost.store.EmbeddedStore;
import io.waypost.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access keys are made and deleted from the command line while a server has the store open. */
class KeysCommandTest {

    private static final String ACCOUNT = "123456789012";
    private static final Pattern CREATED = Pattern.compile("""
            # for the shell
            export AWS_ACCESS_KEY_ID=(WPAK[A-Z2-7]{16})
            export AWS_SECRET_ACCESS_KEY=([A-Za-z0-9]{40})

            # for ~/\\.aws/credentials
            \\[waypost-123456789012]
            aws_access_key_id = \\1
            aws_secret_access_key = \\2

            # for SMTP, region us-east-1
            SMTP_USERNAME=\\1
            SMTP_PASSWORD=([A-Za-z0-9+/]{44})
            """);

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void write() throws IOException {
        setup = new Setup(folder).rules("name: main\nrules: []\n").write();
        Files.writeString(
                setup.config(),
                "accounts: [ { id: '123456789012' }, { id: '210987654321' } ]\n",
                StandardOpenOption.APPEND);
    }

    private Ran keys(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "keys";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = setup.config().toString();
        return Ran.command(all);
    }

    private EmbeddedStore store() throws IOException {
        Files.createDirectories(setup.data());
        return EmbeddedStore.open(
                new StoreSettings(setup.data(), 1 << 20, 1 << 20, 8 << 20, 1 << 20), Clock.systemUTC());
    }

    private AccessKeys asTheServerSeesThem(EmbeddedStore store) {
        return new StoredKeys(
                store.settings(),
                new Sealing(setup.data(), new SecureRandom()),
                List.of(ACCOUNT, "210987654321"),
                Clock.systemUTC());
    }

    @Test
    void aKeyIsMadeListedAndDeletedBesideTheServer() throws IOException {
        try (EmbeddedStore store = store()) {
            Ran created = keys("create", "--account", ACCOUNT);
            assertThat(created.err()).isEmpty();
            assertThat(created.exitCode()).isZero();
            Matcher parts = CREATED.matcher(created.out());
            assertThat(parts.matches()).as(created.out()).isTrue();
            String id = parts.group(1);

            assertThat(asTheServerSeesThem(store).find(id)).hasValueSatisfying(key -> {
                assertThat(key.account()).isEqualTo(ACCOUNT);
                assertThat(key.secret().reveal()).isEqualTo(parts.group(2));
            });
            assertThat(keys("smtp-password", id)).isEqualTo(new Ran(0, parts.group(3) + "\n", ""));
            Ran listed = keys("list", "--account", ACCOUNT);
            assertThat(listed.out())
                    .matches(id + "  made \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\n1 key of account 123456789012\n")
                    .doesNotContain(parts.group(2));

            assertThat(keys("delete", id, "--account", "210987654321"))
                    .isEqualTo(new Ran(
                            1, "", "waypost: account 210987654321 has no key %s that was made here%n".formatted(id)));
            assertThat(keys("delete", id, "--account", ACCOUNT))
                    .isEqualTo(new Ran(0, "deleted %s%n".formatted(id), ""));
            assertThat(asTheServerSeesThem(store).find(id)).isEmpty();
            assertThat(keys("list", "--account", ACCOUNT).out()).isEqualTo("0 keys of account 123456789012\n");
        }
    }

    @Test
    void aMasterKeyThatIsLostIsNotReplacedInSilence() throws IOException {
        store().close();
        Matcher first = CREATED.matcher(keys("create", "--account", ACCOUNT).out());
        assertThat(first.matches()).isTrue();
        Path file = setup.data().resolve("keys").resolve("master.key");
        Path kept = Files.move(file, folder.resolve("kept"));
        Ran refused = new Ran(
                1,
                "",
                "waypost: the master key %s is missing, and the access key %s of account %s was sealed with it: bring the file back from a backup; a new one is made only where nothing is sealed%n"
                        .formatted(file, first.group(1), ACCOUNT));

        assertThat(keys("create", "--account", "210987654321")).isEqualTo(refused);
        // The folder went with it: only the store knows.
        try (Stream<Path> left = Files.list(file.getParent())) {
            for (Path one : left.toList()) {
                Files.delete(one);
            }
        }
        Files.delete(file.getParent());
        assertThat(keys("create", "--account", "210987654321")).isEqualTo(refused);
        assertThat(file).doesNotExist();

        Files.createDirectories(file.getParent());
        Files.move(kept, file);
        assertThat(keys("create", "--account", "210987654321").exitCode()).isZero();
    }

    @Test
    void whenAllKeysAreDeletedANewMasterKeyMayBeMade() throws IOException {
        store().close();
        Matcher first = CREATED.matcher(keys("create", "--account", ACCOUNT).out());
        assertThat(first.matches()).isTrue();
        Files.delete(setup.data().resolve("keys").resolve("master.key"));

        assertThat(keys("delete", first.group(1), "--account", ACCOUNT).exitCode())
                .isZero();
        assertThat(keys("create", "--account", ACCOUNT).exitCode()).isZero();
    }

    @Test
    void theAccountMustBeOneOfTheConfiguration() throws IOException {
        store().close();

        assertThat(keys("create", "--account", "999999999999"))
                .isEqualTo(new Ran(
                        1,
                        "",
                        "waypost: there is no account 999999999999; the configuration has 123456789012, 210987654321%n"
                                .formatted()));
        Ran none = keys("create");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).startsWith("--account is needed, one of 123456789012, 210987654321");
    }

    @Test
    void theSmtpPasswordOfAConfiguredKeyIsShownForOneRegion() throws IOException {
        setup.write();
        Files.writeString(setup.config(), """
                accounts:
                  - { id: '123456789012', keys: [ { id: AKIAIOSFODNN7EXAMPLE, secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY } ] }
                ses: { regions: [us-east-1, us-west-2] }
                """, StandardOpenOption.APPEND);

        assertThat(keys("smtp-password", "AKIAIOSFODNN7EXAMPLE", "--region", "us-west-2"))
                .isEqualTo(new Ran(0, "BF2PynzbSCAjX08zhZZnP/kW+T9P5zs/1Er0pi5vTEmd\n", ""));
        Ran none = keys("smtp-password", "AKIAIOSFODNN7EXAMPLE");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).startsWith("--region is needed, one of us-east-1, us-west-2");
        assertThat(keys("smtp-password", "AKIAIOSFODNN7EXAMPLE", "--region", "eu-west-1"))
                .isEqualTo(new Ran(
                        1, "", "waypost: there is no region eu-west-1; the configuration has us-east-1, us-west-2\n"));
    }

    @Test
    void nobodyIsShownThePasswordOfAKeyThatIsNotThere() throws IOException {
        store().close();

        assertThat(keys("smtp-password", "WPAKNOTHERE234567"))
                .isEqualTo(new Ran(1, "", "waypost: there is no key WPAKNOTHERE234567\n"));
    }

    @Test
    void whereThereIsOneAccountItNeedNotBeNamed() throws IOException {
        setup.write();
        store().close();

        assertThat(keys("list")).isEqualTo(new Ran(0, "0 keys of account 000000000000%n".formatted(), ""));
    }

    @Test
    void withoutAStoreTheCommandSaysThatThereIsNone() {
        assertThat(keys("create", "--account", ACCOUNT))
                .isEqualTo(new Ran(1, "", "waypost: there is no store in %s%n".formatted(setup.data())));
        assertThat(setup.data()).doesNotExist();
    }
}
