package io.waypost.api.aws.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.MemorySettings;
import io.waypost.api.secret.Sealing;
import io.waypost.config.AccountSettings;
import io.waypost.config.Secret;
import io.waypost.config.SesSettings;
import io.waypost.message.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords of SMTP, and who is believed for them. */
class SmtpLoginsTest {

    private static final String ACCOUNT = "123456789012";
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final Secret SECRET = new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final String WEST = "BF2PynzbSCAjX08zhZZnP/kW+T9P5zs/1Er0pi5vTEmd";
    private static final String EAST = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";
    private static final List<AccountSettings> ACCOUNTS =
            List.of(new AccountSettings(ACCOUNT, List.of(new AccountSettings.Key(KEY, SECRET))));

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final MemorySettings settings = new MemorySettings();

    private Sealing sealing() {
        return new Sealing(folder, new SecureRandom());
    }

    private SmtpLogins logins(boolean any, String... regions) {
        SesSettings ses =
                new SesSettings(List.of(regions), SesSettings.Verify.DNS, true, SesSettings.Quota.STANDARD, any);
        return Access.logins(ACCOUNTS, ses, settings, sealing(), CLOCK);
    }

    @ParameterizedTest
    @CsvSource({"us-west-2, " + WEST, "us-east-1, " + EAST})
    void passwordsAreThoseOfSes(String region, String password) {
        assertThat(SmtpPassword.of(SECRET, region).reveal()).isEqualTo(password);
    }

    @Test
    void thePasswordSaysTheRegion() throws IOException {
        SmtpLogins logins = logins(false, "eu-west-1", "us-west-2", "us-east-1");

        assertThat(logins.login(KEY, WEST)).contains(new SmtpLogins.LoggedIn(new Scope(ACCOUNT, "us-west-2"), KEY));
        assertThat(logins.login(KEY, EAST)).contains(new SmtpLogins.LoggedIn(new Scope(ACCOUNT, "us-east-1"), KEY));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another region's password, " + KEY + ", " + EAST,
        "the secret itself, " + KEY + ", wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "another case of the password, " + KEY + ", bF2PynzbSCAjX08zhZZnP/kW+T9P5zs/1Er0pi5vTEmd",
        "a password that begins right, " + KEY + ", BF2PynzbSCAjX08zhZZnP",
        "no password, " + KEY + ", ''",
        "another case of the key, akiaiosfodnn7example, " + WEST,
        "no user, '', " + WEST,
        "an unknown user, AKIAUNKNOWN000000000, " + WEST,
    })
    void nobodyElseIsBelieved(String name, String user, String password) throws IOException {
        assertThat(logins(false, "us-west-2").login(user, password)).as(name).isEmpty();
    }

    @Test
    void anUnknownUserDoesNotHaveThePasswordOfTheStandIn() throws IOException {
        String standIn = SmtpPassword.of(new Secret("there is no such key, and this takes as long"), "us-west-2")
                .reveal();

        assertThat(logins(false, "us-west-2").login("AKIAUNKNOWN000000000", standIn))
                .isEmpty();
    }

    @Test
    void aKeyThatWasMadeAtRunTimeLogsInUntilItIsDeleted() throws IOException {
        StoredKeys keys = new StoredKeys(settings, sealing(), List.of(ACCOUNT), CLOCK);
        AccessKey key = keys.create(ACCOUNT, new Random(1));
        SmtpLogins logins = new KeyLogins(keys, List.of("us-east-1"));
        String password = SmtpPassword.of(key.secret(), "us-east-1").reveal();

        SmtpLogins.LoggedIn login = logins.login(key.id(), password).orElseThrow();
        assertThat(logins.holds(login)).isTrue();

        keys.delete(ACCOUNT, key.id());
        assertThat(logins.holds(login)).isFalse();
        assertThat(logins.login(key.id(), password)).isEmpty();
    }

    @Test
    void withAnyCredentialsEverybodyIsBelieved() throws IOException {
        SmtpLogins logins = logins(true, "us-east-1", "us-west-2");

        assertThat(logins.login("x", "y"))
                .contains(new SmtpLogins.LoggedIn(new Scope(ACCOUNT, "us-east-1"), "anonymous"));
        assertThat(logins.login("210987654321", ""))
                .contains(new SmtpLogins.LoggedIn(new Scope("210987654321", "us-east-1"), "anonymous"));
        assertThat(logins.login(KEY, "")).contains(new SmtpLogins.LoggedIn(new Scope(ACCOUNT, "us-east-1"), KEY));
    }
}
