package io.waypost.outbound.tls;

import io.waypost.message.port.Dns;
import io.waypost.message.port.Dns.Tlsa;
import java.util.List;

/**
 * Finds the TLSA records of an exchanger that DNSSEC vouches for. Where its name is an alias, they are looked for at the end of the
 * aliases first, as long as DNSSEC vouches for every one of them, and then at the name itself (RFC 7672 2.2.3).
 */
final class TlsaLookup {

    /** As many as {@link Dns} follows. */
    private static final int MOST_ALIASES = 8;

    /** What came of it. */
    sealed interface Answer {

        /** @param base the name that they are about, which SNI and certificates are judged by (RFC 7672 3.2.2) */
        record Records(String base, List<Tlsa> records) implements Answer {}

        /** There are none that count. */
        record None() implements Answer {}

        /** It cannot be told now. */
        record Unknown(String reason) implements Answer {}
    }

    private final Dns dns;

    TlsaLookup(Dns dns) {
        this.dns = dns;
    }

    /** @param host a name that DNSSEC vouches for */
    Answer of(String host, int port) {
        String end = host;
        for (int aliases = 0; aliases < MOST_ALIASES; aliases++) {
            Dns.Answer<String> alias = dns.alias(end);
            if (alias instanceof Dns.Unknown<String>(String reason)) {
                return new Answer.Unknown(reason);
            }
            if (!(alias instanceof Dns.Found<String>(List<String> targets, boolean authenticated))) {
                return firstOf(end.equals(host) ? List.of(host) : List.of(end, host), port);
            }
            if (!authenticated) {
                return firstOf(List.of(host), port);
            }
            end = targets.getFirst();
        }
        return firstOf(List.of(host), port);
    }

    private Answer firstOf(List<String> bases, int port) {
        for (String base : bases) {
            switch (dns.certificates("_" + port + "._tcp." + base)) {
                case Dns.Found<Tlsa>(List<Tlsa> records, boolean authenticated)
                when authenticated -> {
                    return new Answer.Records(base, records);
                }
                // RFC 7672 2.2: whoever can suppress the answer must not gain by it.
                case Dns.Unknown<Tlsa>(String reason) -> {
                    return new Answer.Unknown(reason);
                }
                default -> {
                    // None here that count.
                }
            }
        }
        return new Answer.None();
    }
}
