package io.waypost.smtp.checks.client;

import java.time.Duration;
import java.util.List;

/**
 * What is asked about clients, and what follows.
 *
 * @param enforcing whether anybody is refused; otherwise everything is only noted
 * @param lists in the order in which a refusal names the first
 * @param reverseName whether the client's name is looked up
 * @param timeout from the connection to the moment at which answers are no longer awaited
 */
public record ClientSettings(boolean enforcing, List<BlockList> lists, boolean reverseName, Duration timeout) {

    public ClientSettings {
        lists = List.copyOf(lists);
    }
}
