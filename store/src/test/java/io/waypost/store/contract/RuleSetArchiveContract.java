package io.waypost.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.RuleSetArchive;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every {@link RuleSetArchive} must do. */
public interface RuleSetArchiveContract {

    RuleSetArchive archive();

    /** The same archive after the process ended and another began. */
    RuleSetArchive archiveAfterRestart() throws IOException;

    @Test
    default void versions_count_from_one_for_each_name() throws IOException {
        assertThat(archive().publish("a", "one", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 1));
        assertThat(archive().publish("a", "two", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 2));
        assertThat(archive().publish("b", "one", Samples.NOON)).isEqualTo(new RuleSetVersion("b", 1));
    }

    @Test
    default void the_same_text_again_is_no_new_version() throws IOException {
        RuleSetVersion first = archive().publish("a", "text", Samples.NOON);
        assertThat(archive().publish("a", "text", Samples.NOON.plusSeconds(1))).isEqualTo(first);
    }

    @Test
    default void an_older_text_again_is_a_new_version() throws IOException {
        archive().publish("a", "one", Samples.NOON);
        archive().publish("a", "two", Samples.NOON);
        assertThat(archive().publish("a", "one", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 3));
    }

    @Test
    default void every_version_is_readable_after_a_restart() throws IOException {
        RuleSetVersion one = archive().publish("a", "rules: über\n", Samples.NOON);
        RuleSetVersion two = archive().publish("a", "", Samples.NOON);
        RuleSetArchive reopened = archiveAfterRestart();
        assertThat(reopened.text(one)).contains("rules: über\n");
        assertThat(reopened.text(two)).contains("");
        assertThat(reopened.publish("a", "", Samples.NOON)).isEqualTo(two);
    }

    @Test
    default void an_unknown_version_has_no_text() throws IOException {
        archive().publish("a", "one", Samples.NOON);
        assertThat(archive().text(new RuleSetVersion("a", 2))).isEmpty();
        assertThat(archive().text(new RuleSetVersion("b", 1))).isEmpty();
    }
}
