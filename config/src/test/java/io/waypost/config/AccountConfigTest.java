package io.waypost.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.SesSettings.Quota;
import io.waypost.config.text.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts {@code accounts} and {@code ses}. */
class AccountConfigTest {

    private static final String SECRET = "hunter2-hunter2-hunter2";

    @TempDir
    Path folder;

    private ConfigResult load(String text) throws IOException {
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/a.yaml"), "name: a\n");
        Path file = Files.writeString(folder.resolve("waypost.yaml"), text + "\nhostname: mx.example.com\n");
        return ConfigLoader.load(file, Map.of("SECRET", SECRET, "SHORT", "hunter2"));
    }

    private WaypostConfig good(String text) throws IOException {
        ConfigResult result = load(text);
        assertThat(result.problems()).isEmpty();
        return result.config().orElseThrow();
    }

    @Test
    void withoutAWordThereIsOneAccountThatNobodyHasAKeyOf() throws IOException {
        WaypostConfig config = good("");

        assertThat(config.accounts()).containsExactly(new AccountSettings("000000000000", List.of()));
        assertThat(config.ses())
                .isEqualTo(new SesSettings(
                        List.of("us-east-1"), SesSettings.Verify.DNS, true, new Quota(-1, 1_000), false));
    }

    @Test
    void everyKeyReachesItsRecord() throws IOException {
        WaypostConfig config = good("""
                accounts:
                  - id: "123456789012"
                    keys:
                      - { id: AKIAIOSFODNN7EXAMPLE, secret: "${SECRET}" }
                      - { id: second_key_0123456789, secret: sixteen-chars-xx }
                  - { id: 210987654321 }
                ses: { regions: [eu-west-1, us-east-1], verify: atOnce, sandbox: false, quota: { perDay: 5000, perSecond: 14 }, anyCredentials: true }
                """);

        assertThat(config.accounts())
                .containsExactly(
                        new AccountSettings(
                                "123456789012",
                                List.of(
                                        new AccountSettings.Key("AKIAIOSFODNN7EXAMPLE", new Secret(SECRET)),
                                        new AccountSettings.Key(
                                                "second_key_0123456789", new Secret("sixteen-chars-xx")))),
                        new AccountSettings("210987654321", List.of()));
        assertThat(config.ses())
                .isEqualTo(new SesSettings(
                        List.of("eu-west-1", "us-east-1"),
                        SesSettings.Verify.AT_ONCE,
                        false,
                        new Quota(5_000, 14),
                        true));
        assertThat(config.effective())
                .contains("accounts[0].keys[1].id: second_key_0123456789\n", "accounts[0].keys[1].secret: ***\n")
                .contains("ses.verify: at-once\n");
    }

    @Test
    void noSecretIsShown() throws IOException {
        WaypostConfig config = good(
                "accounts: [ { id: '123456789012', keys: [ { id: AKIAIOSFODNN7EXAMPLE, secret: plain-secret-of-a-key } ] } ]");

        assertThat(config.toString() + config.effective()).doesNotContain("plain-secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            accounts: []                                      | 'accounts': the list is empty; leave the key out
            accounts: [ { keys: [] } ]                        | 'id' is missing
            accounts: [ { id: '12345678901' } ]               | 'id': '12345678901' is not an account id of 12 digits
            accounts: [ { id: 12345678901x } ]                | 'id': '12345678901x' is not an account id
            accounts: [ { id: 123456789012, key: x } ]        | unknown key 'key'; did you mean 'keys'?
            accounts: [ { id: 123456789012 }, { id: 123456789012 } ] | 'id': this account stands here twice
            accounts: [ { id: 123456789012, keys: [ { id: AKIA, secret: 0123456789abcdef } ] } ] | 'id': a key id has 16 to 128 characters
            accounts: [ { id: 123456789012, keys: [ { id: 'AKIAIOSFODNN7EXAMPL/', secret: 0123456789abcdef } ] } ] | 'id': a key id has
            accounts: [ { id: 123456789012, keys: [ { id: AKIAIOSFODNN7EXAMPLE } ] } ] | 'secret' is missing
            accounts: [ { id: 123456789012, keys: [ { id: AKIAIOSFODNN7EXAMPLE, secret: 0123456789abcde } ] } ] | 'secret': a secret needs 16 characters
            accounts: [ { id: 1, keys: [ { id: AKIAIOSFODNN7EXAMPLE, secret: '${SHORT}' } ] } ] | 'secret': a secret needs 16 characters
            accounts: [ { id: 111111111111, keys: [ { id: AKIAIOSFODNN7EXAMPLE, secret: 0123456789abcdef } ] }, { id: 222222222222, keys: [ { id: AKIAIOSFODNN7EXAMPLE, secret: 0123456789abcdef } ] } ] | 'id': two keys have this id
            ses: { regions: [] }                              | 'regions': the list is empty
            ses: { regions: [us-east-1, us-east-1] }          | 'regions': a region stands here twice
            ses: { regions: [US-EAST-1] }                     | 'regions': 'US-EAST-1' is not a region
            ses: { regions: ['-'] }                           | 'regions': '-' is not a region
            ses: { verify: never }                            | 'verify': 'never' is not one of dns, at-once
            ses: { sandbox: perhaps }                         | 'sandbox': 'perhaps' is neither true nor false
            ses: { quota: { perDay: -2 } }                    | 'perDay': '-2' is not a whole number from -1
            ses: { quota: { perSecond: 0 } }                  | 'perSecond': '0' is not a whole number from 1
            ses: { quota: { perHour: 1 } }                    | unknown key 'perHour'
            ses: { anyCredential: true }                      | unknown key 'anyCredential'; did you mean 'anyCredentials'?
            """)
    void aFaultIsNamedWithWhatWouldBeRight(String line, String expected) throws IOException {
        ConfigResult result = load(line);

        assertThat(result.problems()).extracting(Problem::toString).anySatisfy(fault -> assertThat(fault)
                .contains("waypost.yaml:1: ")
                .contains(expected)
                .doesNotContain("0123456789abcde", "hunter2"));
        assertThat(result.config()).isEmpty();
    }
}
