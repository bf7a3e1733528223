package io.waypost.api.aws.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.MemorySettings;
import io.waypost.api.secret.Sealing;
import io.waypost.config.AccountSettings;
import io.waypost.config.Secret;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final String ACCOUNT = "123456789012";
    private static final String OTHER = "210987654321";

    @TempDir
    Path data;

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Instant> now = new AtomicReference<>(Vectors.NOW);
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final MemorySettings settings = new MemorySettings();
    private StoredKeys keys;

    @BeforeEach
    void open() {
        keys = stored(ACCOUNT, OTHER);
    }

    private StoredKeys stored(String... accounts) {
        return new StoredKeys(settings, new Sealing(data, random), List.of(accounts), clock);
    }

    @Test
    void aKeyThatWasMadeIsFoundByEveryProcess() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);

        assertThat(made.id()).matches("WPAK[A-Z2-7]{16}").matches(StoredKeys.ID);
        assertThat(made.secret().reveal()).matches("[A-Za-z0-9]{40}");
        assertThat(keys.find(made.id())).contains(made);
        assertThat(stored(OTHER, ACCOUNT).find(made.id())).contains(made);
        assertThat(keys.list(ACCOUNT)).containsExactly(new StoredKeys.Listed(made.id(), Vectors.NOW));
        assertThat(keys.list(OTHER)).isEmpty();
    }

    @Test
    void noTwoKeysAreAlike() throws IOException {
        AccessKey first = keys.create(ACCOUNT, random);
        AccessKey second = keys.create(ACCOUNT, random);

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.secret()).isNotEqualTo(second.secret());
    }

    @Test
    void theStoreHoldsNoSecret() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);

        assertThat(settings.texts()).hasSize(1).allSatisfy(text -> assertThat(text)
                .startsWith("sealed1:")
                .doesNotContain(made.secret().reveal()));
    }

    @Test
    void aDeletedKeyIsForgottenWithinSeconds() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);
        assertThat(keys.find(made.id())).isPresent();

        assertThat(stored(ACCOUNT).delete(OTHER, made.id())).isFalse();
        assertThat(stored(ACCOUNT).delete(ACCOUNT, made.id())).isTrue();
        assertThat(stored(ACCOUNT).delete(ACCOUNT, made.id())).isFalse();

        now.set(Vectors.NOW.plus(StoredKeys.REMEMBERED).minusMillis(1));
        assertThat(keys.find(made.id())).isPresent();
        now.set(Vectors.NOW.plus(StoredKeys.REMEMBERED));
        assertThat(keys.find(made.id())).isEmpty();
    }

    @Test
    void aFreshKeyIsFoundWhoeverAskedForItBefore() throws IOException {
        AccessKey made = stored(ACCOUNT).create(ACCOUNT, random);
        Key key = new Key(new Scope(ACCOUNT, "-"), "access-key", made.id());
        String sealed = settings.find(key).orElseThrow().text();
        settings.apply(List.of(new Change.Remove(key)), Vectors.NOW);
        assertThat(keys.find(made.id())).isEmpty();

        settings.apply(List.of(new Change.Put(key, sealed)), Vectors.NOW);

        assertThat(keys.find(made.id())).contains(made);
    }

    @Test
    void aKeyFoundAgainIsNotReadAgain() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);
        keys.find(made.id());
        int asked = settings.asked();

        now.set(Vectors.NOW.plus(Duration.ofSeconds(1)));
        assertThat(keys.find(made.id())).contains(made);

        assertThat(settings.asked()).isEqualTo(asked);
    }

    @Test
    void theKeysOfAnAccountThatIsNotConfiguredAreNobodys() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);

        assertThat(stored(OTHER).find(made.id())).isEmpty();
    }

    @Test
    void aKeyInThePlaceOfAnotherDoesNotOpen() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);
        String sealed = settings.texts().getFirst();
        Key stolen = new Key(new Scope(OTHER, "-"), "access-key", made.id());
        settings.apply(
                List.of(
                        new Change.Remove(new Key(new Scope(ACCOUNT, "-"), "access-key", made.id())),
                        new Change.Put(stolen, sealed)),
                Vectors.NOW);

        assertThatThrownBy(() -> keys.find(made.id()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the access key " + made.id() + " of account " + OTHER + " does not open");
    }

    @Test
    void aLostMasterKeyIsNamed() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);
        Files.delete(data.resolve("keys/master.key"));

        assertThatThrownBy(() -> stored(ACCOUNT).find(made.id()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(data.resolve("keys/master.key") + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "../../../../etc/passwd", "AKIAIOSFODNN7EXAMPL'", "é0123456789012345"})
    void whatIsNoIdIsNotLookedUp(String id) throws IOException {
        assertThat(keys.find(id)).isEmpty();
        assertThat(settings.asked()).isZero();
    }

    @Test
    void configuredKeysComeFirst() throws IOException {
        AccessKey made = keys.create(ACCOUNT, random);
        AccessKeys configured = new ConfiguredKeys(List.of(
                new AccountSettings(
                        ACCOUNT, List.of(new AccountSettings.Key("AKIAIOSFODNN7EXAMPLE", new Secret("one")))),
                new AccountSettings(
                        OTHER, List.of(new AccountSettings.Key("AKIAIOSFODNN7EXAMPL2", new Secret("two"))))));
        AccessKeys both = configured.or(keys);

        assertThat(both.find("AKIAIOSFODNN7EXAMPL2"))
                .contains(new AccessKey(OTHER, "AKIAIOSFODNN7EXAMPL2", new Secret("two")));
        assertThat(both.find(made.id())).contains(made);
        assertThat(both.find("AKIAIOSFODNN7EXAMPL3")).isEqualTo(Optional.empty());
    }
}
