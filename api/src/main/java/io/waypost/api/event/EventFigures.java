package io.waypost.api.event;

import io.waypost.api.configuration.EventKind;
import java.util.Optional;

/** Counts what became of sent mail. All threads. */
@FunctionalInterface
public interface EventFigures {

    /** @param set the mail's configuration set, where it is counted by set, too */
    void count(EventKind kind, Optional<String> set);
}
