package io.waypost.outbound.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsShelfTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:30:05Z");
    private static final String TEXT = "version: STSv1\r\nmode: enforce\r\nmx: mx.far.example\r\nmax_age: 86400\r\n";
    private static final Domain FAR = new Domain("far.example");

    private final MapSettings settings = new MapSettings();
    private final SettingsShelf shelf = new SettingsShelf(settings, new Scope("server", "-"));

    @Test
    void whatIsPutIsFoundUntilItsTimeIsOver() {
        KeptPolicy policy =
                new KeptPolicy("id1", NOW, TEXT, StsPolicy.read(TEXT).orElseThrow());
        shelf.put(FAR, policy);
        assertThat(shelf.all(NOW)).isEqualTo(Map.of(FAR, policy));
        assertThat(shelf.all(NOW.plusSeconds(86_400))).isEmpty();
        assertThat(settings.texts).as("what is over is removed").isEmpty();
    }

    @Test
    void whatCannotBeReadIsRemoved() {
        Settings.Key key = new Settings.Key(new Scope("server", "-"), "mta-sts-policy", "far.example");
        for (String text : List.of("", "id1", "id1 yesterday\n" + TEXT, "id1 " + NOW + "\nnonsense")) {
            settings.apply(List.of(new Settings.Change.Put(key, text)), NOW);
            assertThat(shelf.all(NOW)).isEmpty();
            assertThat(settings.texts).isEmpty();
        }
    }

    private static final class MapSettings implements Settings {
        private final Map<String, Setting> texts = new TreeMap<>();

        @Override
        public Optional<Setting> find(Key key) {
            return Optional.ofNullable(texts.get(key.name()));
        }

        @Override
        public List<Setting> list(Scope scope, String kind) {
            return new ArrayList<>(texts.values());
        }

        @Override
        public List<Setting> list(String kind) {
            return new ArrayList<>(texts.values());
        }

        @Override
        public void apply(List<Change> changes, Instant at) {
            for (Change change : changes) {
                switch (change) {
                    case Change.Put(Key key, String text) -> texts.put(key.name(), new Setting(key, text, at));
                    case Change.Remove(Key key) -> texts.remove(key.name());
                }
            }
        }
    }
}
