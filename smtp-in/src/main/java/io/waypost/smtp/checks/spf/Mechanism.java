package io.waypost.smtp.checks.spf;

import io.waypost.smtp.Cidr;
import java.util.Optional;

/** What a client can match (RFC 7208 5). An absent domain is the one that is being checked. */
sealed interface Mechanism {

    /** Everybody (5.1). */
    record All() implements Mechanism {}

    /** Whom another domain's record lets pass (5.2). */
    record Include(MacroString domain) implements Mechanism {}

    /** The addresses of a name (5.3). */
    record A(Optional<MacroString> domain, Prefixes prefixes) implements Mechanism {}

    /** The addresses of a domain's mail exchangers (5.4). */
    record Mx(Optional<MacroString> domain, Prefixes prefixes) implements Mechanism {}

    /** The names of the client (5.5). */
    record Ptr(Optional<MacroString> domain) implements Mechanism {}

    /** {@code ip4} and {@code ip6} (5.6). */
    record Network(Cidr network) implements Mechanism {}

    /** Whether a name has an IPv4 address at all (5.7). */
    record Exists(MacroString domain) implements Mechanism {}

    /** How many leading bits count: dual-cidr-length (5.3). */
    record Prefixes(int ipv4, int ipv6) {}

    /** Whether it counts as a term that asks DNS (4.6.4). */
    default boolean asksDns() {
        return !(this instanceof All || this instanceof Network);
    }
}
