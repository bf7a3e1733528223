package io.waypost.smtp.checks.author;

import io.waypost.smtp.checks.syntax.DomainName;
import io.waypost.smtp.checks.syntax.MalformedException;
import io.waypost.smtp.checks.syntax.StructuredText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The domains of an address list (RFC 5322 3.4 with the obsolete forms of 4.4, groups in From by RFC 6854). What the grammar
 * allows and readers read differently is refused: source routes, blanks inside a domain, comments inside angle brackets, quoted
 * local parts that look like an address. What it forbids and everybody reads alike is taken: brackets in a display name, an unquoted address as the display
 * name of the same domain, a group that does not end.
 */
final class Mailboxes {

    private final StructuredText text;
    private final Set<DomainName> domains = new LinkedHashSet<>();
    private boolean inGroup;

    Mailboxes(String text) {
        this.text = new StructuredText(text);
    }

    /** Each domain once, in order; at least one. */
    List<DomainName> domains() throws MalformedException {
        text.skipBlanks();
        while (!text.ended()) {
            if (inGroup && text.skip(';')) {
                inGroup = false;
                text.skipBlanks();
                if (!text.ended() && text.peek() != ',') {
                    throw new MalformedException("text behind a group in From");
                }
            } else if (!text.skip(',')) {
                // Empty list members are obsolete, and mean nothing (RFC 5322 4.4).
                member();
            }
            text.skipBlanks();
        }
        if (domains.isEmpty()) {
            throw new MalformedException("no mailbox in From");
        }
        return new ArrayList<>(domains);
    }

    private void member() throws MalformedException {
        int start = text.position();
        Words words = new Words();
        words.read(text);
        switch (text.peek()) {
            case '<' -> domains.add(angleAddress());
            case '@' -> bareAddress(words);
            case ':' -> {
                // Some readers pass over the colon where the name before it looks like an address.
                if (inGroup || words.isEmpty() || text.since(start).indexOf('@') >= 0) {
                    throw new MalformedException("a colon where none can be in From");
                }
                text.skip(':');
                inGroup = true;
                return;
            }
            default -> throw new MalformedException("a mailbox without a domain in From");
        }
        memberEnds();
    }

    /** {@code local@domain}, or the same as the display name of a mailbox in angle brackets. */
    private void bareAddress(Words words) throws MalformedException {
        DomainName domain = addressSpec(words);
        domains.add(domain);
        if (text.peek() == '<' && !angleAddress().equals(domain)) {
            throw new MalformedException("an unquoted address of another domain as display name in From");
        }
    }

    /** What follows a mailbox, lest anything be read into it. */
    private void memberEnds() throws MalformedException {
        if (!text.ended() && text.peek() != ',' && !(inGroup && text.peek() == ';')) {
            throw new MalformedException("text behind an address in From");
        }
    }

    private DomainName angleAddress() throws MalformedException {
        text.skip('<');
        int start = text.position();
        text.skipBlanks();
        if (text.peek() == '@') {
            // RFC 5322 4.4 has it ignored; some readers take the route's domain for the author's.
            throw new MalformedException("a source route in From");
        }
        Words words = new Words();
        words.read(text);
        if (text.peek() != '@') {
            throw new MalformedException("a mailbox without a domain in From");
        }
        DomainName domain = addressSpec(words);
        String inside = text.since(start);
        if (!text.skip('>')) {
            throw new MalformedException("an angle bracket that does not close in From");
        }
        if (inside.indexOf('(') >= 0) {
            // RFC 5322 3.4.1 allows it; readers take it, and what it holds, for a part of the address.
            throw new MalformedException("a comment inside angle brackets in From");
        }
        text.skipBlanks();
        return domain;
    }

    /** From the @ on; the words before it must be a local part. */
    private DomainName addressSpec(Words words) throws MalformedException {
        String fault = words.localPartFault();
        if (fault != null) {
            throw new MalformedException(fault);
        }
        text.skip('@');
        text.skipBlanks();
        if (text.peek() == '[') {
            // RFC 5322 3.4.1. An address has no owner who could publish a policy.
            throw new MalformedException("an address literal in From");
        }
        String written = text.run(c -> StructuredText.isAtomText(c) || c == '.');
        boolean apart = text.skipBlanks();
        // RFC 5322 4.4 allows blanks and comments between labels; readers end the domain at the first.
        if (apart && (text.peek() == '.' || StructuredText.isAtomText(text.peek()) || written.endsWith("."))) {
            throw new MalformedException("blanks or comments inside a domain in From");
        }
        @Nullable
        DomainName domain =
                written.endsWith(".") ? null : DomainName.of(written).orElse(null);
        if (domain == null) {
            throw new MalformedException("something that is no domain in From");
        }
        return domain;
    }
}
