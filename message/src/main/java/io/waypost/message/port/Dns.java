package io.waypost.message.port;

import java.net.InetAddress;
import java.util.List;

/**
 * The one way in which Waypost asks DNS. Every call blocks the calling (virtual) thread for a bounded time, never throws because of
 * what a server answers or does not answer, and may be repeated: answers are kept as long as their TTL says. Names are absolute,
 * with or without the dot at the end; a name that cannot be one (an empty label, one of more than 63 octets, a name of more than 253)
 * is answered {@link NoName} without asking anybody. Aliases (CNAME) are followed, up to a bound.
 *
 * <p>Names in answers are lower case, without the dot at the end.
 */
public interface Dns {

    /** What came of a question. */
    sealed interface Answer<T> {

        /** The records, at least one; empty for all other answers. */
        default List<T> records() {
            return List.of();
        }
    }

    /**
     * Records were found.
     *
     * @param authenticated the resolver vouches for them by DNSSEC (the AD bit)
     */
    record Found<T>(List<T> records, boolean authenticated) implements Answer<T> {
        public Found {
            records = List.copyOf(records);
        }
    }

    /** The name exists, and has no record of this type. */
    record NoRecords<T>() implements Answer<T> {}

    /** The name does not exist (NXDOMAIN). */
    record NoName<T>() implements Answer<T> {}

    /**
     * Nothing is known: silence, SERVFAIL, a broken answer, an alias loop, a limit. Temporary, always: never a reason to refuse for good.
     *
     * @param reason for the log, one line
     */
    record Unknown<T>(String reason) implements Answer<T> {}

    /** A mail exchanger (RFC 5321 5.1); the exchange of a null MX (RFC 7505) is an empty text. */
    record Exchanger(int preference, String exchange) {}

    /**
     * What a TLS server's certificate or key must be (RFC 6698 2.1).
     *
     * @param usage certificate usage, 0 to 255
     * @param selector 0 for the certificate, 1 for its public key; others are not known
     * @param matchingType 0 for the whole, 1 for SHA-256, 2 for SHA-512; others are not known
     * @param association in lower-case hexadecimal digits
     */
    record Tlsa(int usage, int selector, int matchingType, String association) {}

    /** Which addresses are asked for. */
    enum Family {
        IPV4,
        IPV6
    }

    /** Knows nothing about any name, which is never a reason to refuse anything. */
    static Dns none() {
        return new Dns() {
            private static final String REASON = "nobody is asked";

            @Override
            public Answer<InetAddress> addresses(String name, Family family) {
                return new Unknown<>(REASON);
            }

            @Override
            public Answer<Exchanger> exchangers(String name) {
                return new Unknown<>(REASON);
            }

            @Override
            public Answer<String> texts(String name) {
                return new Unknown<>(REASON);
            }

            @Override
            public Answer<String> names(InetAddress address) {
                return new Unknown<>(REASON);
            }

            @Override
            public Answer<Tlsa> certificates(String name) {
                return new Unknown<>(REASON);
            }
        };
    }

    Answer<InetAddress> addresses(String name, Family family);

    Answer<Exchanger> exchangers(String name);

    /** TXT records, the strings of each joined without anything between; every octet is one character (ISO-8859-1). */
    Answer<String> texts(String name);

    /** The names of an address (PTR, RFC 1035 3.5, RFC 3596 2.5). */
    Answer<String> names(InetAddress address);

    /** What a name is an alias of (CNAME, RFC 1034 3.6.2): the next name, not the end of all aliases. Whoever has no aliases need not know any. */
    default Answer<String> alias(String name) {
        return new NoRecords<>();
    }

    /** TLSA records of a name such as {@code _25._tcp.mx.example.com} (RFC 6698 3). They are worth nothing unless authenticated. */
    Answer<Tlsa> certificates(String name);
}
