package io.waypost.rules.file;

import io.waypost.config.text.Nearest;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Domain;
import io.waypost.rules.match.OwnDomains;
import io.waypost.rules.match.RecipientPattern;
import java.util.Optional;

/**
 * Reads address patterns.
 *
 * @param own the domains they may have, if that is asked
 */
record RecipientReader(Optional<OwnDomains> own, Problems problems) {

    Optional<RecipientPattern> read(Node node) {
        return node.text(problems).flatMap(text -> {
            try {
                RecipientPattern pattern = RecipientPattern.of(text);
                own.ifPresent(domains -> checkOwner(node, text, pattern, domains));
                return Optional.of(pattern);
            } catch (IllegalArgumentException e) {
                problems.add(node.place(), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private void checkOwner(Node node, String text, RecipientPattern pattern, OwnDomains domains) {
        Domain domain =
                switch (pattern) {
                    case RecipientPattern.Mailbox box -> box.address().domain();
                    case RecipientPattern.Of of -> of.domain();
                    case RecipientPattern.Below below -> below.domain();
                };
        if (!domains.cover(domain)) {
            problems.add(
                    node.place(),
                    "'" + text + "': " + domain + " is not one of the server's domains"
                            + Nearest.hint(domain.name(), domains.names()));
        }
    }
}
