package io.waypost.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Settings} must do. */
public interface SettingsContract {

    Scope HERE = new Scope("123456789012", "us-east-1");

    Settings settings();

    /** The same settings after the process ended and another began. */
    Settings settingsAfterRestart() throws IOException;

    private static Change put(Scope scope, String kind, String name, String text) {
        return new Change.Put(new Key(scope, kind, name), text);
    }

    private List<String> names(Scope scope, String kind) throws IOException {
        return settings().list(scope, kind).stream()
                .map(setting -> setting.key().name())
                .toList();
    }

    @Test
    default void what_is_put_is_found_also_after_a_restart() throws IOException {
        settings().apply(List.of(put(HERE, "topic", "a", "über")), Samples.NOON);
        var found = new Settings.Setting(new Key(HERE, "topic", "a"), "über", Samples.NOON);
        assertThat(settings().find(found.key())).contains(found);
        assertThat(settingsAfterRestart().find(found.key())).contains(found);
    }

    @Test
    default void a_second_put_replaces_the_first() throws IOException {
        settings().apply(List.of(put(HERE, "topic", "a", "one")), Samples.NOON);
        settings().apply(List.of(put(HERE, "topic", "a", "two")), Samples.NOON.plusSeconds(1));
        assertThat(settings().list(HERE, "topic"))
                .containsExactly(new Settings.Setting(new Key(HERE, "topic", "a"), "two", Samples.NOON.plusSeconds(1)));
    }

    @Test
    default void what_is_removed_is_gone_and_removing_nothing_is_fine() throws IOException {
        settings().apply(List.of(put(HERE, "topic", "a", "one")), Samples.NOON);
        Key key = new Key(HERE, "topic", "a");
        settings().apply(List.of(new Change.Remove(key)), Samples.NOON);
        settings().apply(List.of(new Change.Remove(key)), Samples.NOON);
        assertThat(settings().find(key)).isEmpty();
    }

    @Test
    default void scopes_and_kinds_are_apart() throws IOException {
        Scope otherRegion = new Scope("123456789012", "eu-west-1");
        Scope otherAccount = new Scope("210987654321", "us-east-1");
        settings()
                .apply(
                        List.of(
                                put(HERE, "topic", "a", "1"),
                                put(otherRegion, "topic", "b", "2"),
                                put(otherAccount, "topic", "c", "3"),
                                put(HERE, "identity", "d", "4")),
                        Samples.NOON);
        assertThat(names(HERE, "topic")).containsExactly("a");
        assertThat(names(otherRegion, "topic")).containsExactly("b");
        assertThat(names(otherAccount, "topic")).containsExactly("c");
        assertThat(names(HERE, "identity")).containsExactly("d");
        assertThat(settings().list("topic"))
                .extracting(setting -> setting.key().name())
                .containsExactly("b", "a", "c");
    }

    @Test
    default void names_are_compared_and_ordered_byte_by_byte() throws IOException {
        settings()
                .apply(
                        List.of(
                                put(HERE, "rule", "b", ""),
                                put(HERE, "rule", "a", ""),
                                put(HERE, "rule", "A", ""),
                                put(HERE, "rule", "é", "")),
                        Samples.NOON);
        assertThat(names(HERE, "rule")).containsExactly("A", "a", "b", "é");
    }

    @Test
    default void a_list_is_told_in_parts() throws IOException {
        settings()
                .apply(
                        List.of(
                                put(HERE, "rule", "b", ""),
                                put(HERE, "rule", "a", ""),
                                put(HERE, "rule", "é", ""),
                                put(HERE, "topic", "c", "")),
                        Samples.NOON);
        assertThat(part("", 2)).containsExactly("a", "b");
        assertThat(part("b", 2)).containsExactly("é");
        assertThat(part("aa", 1)).containsExactly("b");
        assertThat(part("é", 2)).isEmpty();
    }

    private List<String> part(String after, int most) throws IOException {
        return settings().list(HERE, "rule", after, most).stream()
                .map(setting -> setting.key().name())
                .toList();
    }

    @Test
    default void later_changes_of_one_call_win() throws IOException {
        Key key = new Key(HERE, "topic", "a");
        settings().apply(List.of(new Change.Put(key, "one"), new Change.Remove(key)), Samples.NOON);
        assertThat(settings().find(key)).isEmpty();
    }

    @Test
    default void a_text_that_is_too_long_changes_nothing() throws IOException {
        String tooLong = "x".repeat(Settings.MOST_BYTES + 1);
        assertThatThrownBy(() -> settings()
                        .apply(
                                List.of(put(HERE, "topic", "a", "short"), put(HERE, "topic", "b", tooLong)),
                                Samples.NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the topic 'b' is longer than");
        assertThat(names(HERE, "topic")).isEmpty();
    }
}
