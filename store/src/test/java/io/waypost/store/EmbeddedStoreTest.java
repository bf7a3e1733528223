package io.waypost.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.port.Ledger;
import io.waypost.message.port.Queue;
import io.waypost.message.port.RuleSetArchive;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Spool;
import io.waypost.store.contract.ClaimsContract;
import io.waypost.store.contract.LedgerContract;
import io.waypost.store.contract.QueueContract;
import io.waypost.store.contract.RuleSetArchiveContract;
import io.waypost.store.contract.Samples;
import io.waypost.store.contract.SettingsContract;
import io.waypost.store.contract.SpoolContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contracts, kept by the embedded engine. */
class EmbeddedStoreTest {

    @TempDir
    Path folder;

    private EmbeddedStore store;

    @BeforeEach
    void open() throws IOException {
        Folders.prepare(folder);
        restart();
    }

    @AfterEach
    void close() {
        store.close();
    }

    void restart() throws IOException {
        if (store != null) {
            store.close();
        }
        StoreSettings settings = new StoreSettings(folder, 8 * 1024 * 1024, 1024 * 1024, 4 * 1024 * 1024, 1024 * 1024);
        store = EmbeddedStore.open(settings, Clock.fixed(Samples.NOON, ZoneOffset.UTC));
    }

    /** What most contracts ask for. */
    abstract class Opened {
        public Spool spool() {
            return store.spool();
        }

        public Ledger ledger() {
            return store.ledger();
        }

        public void restart() throws IOException {
            EmbeddedStoreTest.this.restart();
        }
    }

    @Nested
    class AsSpool extends Opened implements SpoolContract {}

    @Nested
    class AsClaims extends Opened implements ClaimsContract {}

    @Nested
    class AsQueue extends Opened implements QueueContract {
        private BesideStore beside;

        @BeforeEach
        void openBeside() throws IOException {
            beside = EmbeddedStore.openBeside(folder);
        }

        @AfterEach
        void closeBeside() {
            beside.close();
        }

        @Override
        public Queue queue() {
            return beside.queue();
        }
    }

    @Nested
    class AsLedger extends Opened implements LedgerContract {}

    @Nested
    class AsArchive extends Opened implements RuleSetArchiveContract {
        @Override
        public RuleSetArchive archive() {
            return store.archive();
        }

        @Override
        public RuleSetArchive archiveAfterRestart() throws IOException {
            restart();
            return store.archive();
        }
    }

    @Nested
    class AsSettings implements SettingsContract {
        @Override
        public Settings settings() {
            return store.settings();
        }

        @Override
        public Settings settingsAfterRestart() throws IOException {
            restart();
            return store.settings();
        }
    }

    /** As a process beside the server writes them, and the server reads them. */
    @Nested
    class AsSettingsBeside implements SettingsContract {

        private BesideStore beside;

        @BeforeEach
        void open() throws IOException {
            beside = EmbeddedStore.openBeside(folder);
        }

        @AfterEach
        void close() {
            beside.close();
        }

        @Override
        public Settings settings() {
            return beside.settings(Set.of("topic", "identity", "rule"));
        }

        @Override
        public Settings settingsAfterRestart() {
            return store.settings();
        }

        @Test
        void other_kinds_are_the_servers() {
            Settings.Key key = new Settings.Key(HERE, "topic", "a");
            List<Settings.Change> change = List.of(new Settings.Change.Remove(key));

            assertThatThrownBy(() -> beside.settings(Set.of("rule")).apply(change, Samples.NOON))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("topic");
            assertThatThrownBy(() -> beside.settings().apply(change, Samples.NOON))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
