package io.waypost.outbound.tls;

import io.waypost.message.Domain;
import io.waypost.message.port.Dns.Tlsa;
import java.util.List;

/** What a connection to one host must be protected by. Equal values may share connections. */
public sealed interface Encryption {

    /** Encrypted where the host offers it and it works, in clear otherwise (RFC 7435). */
    Encryption OPPORTUNISTIC = new Opportunistic();

    /** Encrypted, whatever the certificate. */
    Encryption REQUIRED = new Required("required");

    /** Whether mail may go in clear when encryption is not offered or fails. */
    default boolean mayBeClear() {
        return false;
    }

    /** One word for the trace and for metrics. */
    String word();

    /** See {@link #OPPORTUNISTIC}. */
    record Opportunistic() implements Encryption {
        @Override
        public boolean mayBeClear() {
            return true;
        }

        @Override
        public String word() {
            return "opportunistic";
        }
    }

    /** See {@link #REQUIRED}. */
    record Required(String word) implements Encryption {}

    /**
     * The certificate must be one that a public authority issued to the host (RFC 8461 4.1).
     *
     * @param word who asks for it, such as {@code mta-sts}
     */
    record Verified(String word) implements Encryption {}

    /**
     * The certificate must match one of the records (RFC 7672 3.1).
     *
     * @param records usable ones, at least one
     * @param base the name that the records are about: the host's, or what that is an alias of
     * @param domain the recipient's domain, which a certificate under a trust anchor may name instead
     */
    record Dane(List<Tlsa> records, String base, Domain domain) implements Encryption {
        public Dane {
            records = List.copyOf(records);
        }

        @Override
        public String word() {
            return "dane";
        }
    }
}
