package io.waypost.smtp.checks.author;

import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.checks.syntax.DomainName;
import java.util.List;

/**
 * What the From field says about who wrote a mail: the author's domain of RFC 9989 5.3.1. Strict where two readers could see two
 * domains, tolerant where all of them see the same one. It never fails, and takes one pass whatever it is given.
 */
public sealed interface Author {

    /** All mailboxes share this domain. */
    record One(DomainName domain) implements Author {}

    /**
     * The mailboxes have different domains.
     *
     * @param domains at least two, in order, each once
     */
    record Several(List<DomainName> domains) implements Author {
        public Several {
            domains = List.copyOf(domains);
        }
    }

    /**
     * There is no author's domain, or readers may disagree about it.
     *
     * @param reason one line for people, that does not quote the sender
     */
    record Unusable(String reason) implements Author {}

    /** Reads the From field among the fields of a whole header; a header that was cut may hide a second one. */
    static Author of(List<HeaderBlock.Field> header) {
        return FromField.only(header);
    }
}
