package io.waypost.actions.mailet;

import io.waypost.message.Domain;
import java.nio.file.Path;
import java.util.Set;

/**
 * What mailets may know of the server.
 *
 * @param hostname the server's own name
 * @param domains those it receives mail for
 * @param temporaryFolder for messages that are too large for memory while a mailet has them
 */
public record MailetSettings(String hostname, Set<Domain> domains, Path temporaryFolder) {
    public MailetSettings {
        domains = Set.copyOf(domains);
    }
}
