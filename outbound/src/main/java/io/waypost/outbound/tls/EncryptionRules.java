package io.waypost.outbound.tls;

import io.waypost.message.Domain;
import io.waypost.message.port.Dns;
import io.waypost.message.port.Dns.Tlsa;
import io.waypost.outbound.exchange.Exchange;
import java.util.List;
import java.util.Optional;

/**
 * Decides what protects the connection to an exchanger: its TLSA records where DNSSEC vouches for them, else the domain's MTA-STS
 * policy, else what it offers (RFC 8461 2: DANE wins). Safe for all threads; blocks as long as DNS and the policy's host do.
 */
public final class EncryptionRules {

    /** What is known about one exchanger. */
    public sealed interface Answer {
        /** Connect, with this protection. */
        record Use(Encryption encryption) implements Answer {}

        /** Not this host, for now. */
        record NotThisHost(String reason) implements Answer {}
    }

    private final TlsaLookup tlsa;
    private final boolean dane;
    private final Optional<StsPolicies> policies;

    /**
     * @param dane whether TLSA records count; only with a resolver that validates, over a way that nobody else writes to
     * @param policies empty: MTA-STS does not count
     */
    public EncryptionRules(Dns dns, boolean dane, Optional<StsPolicies> policies) {
        this.tlsa = new TlsaLookup(dns);
        this.dane = dane;
        this.policies = policies;
    }

    /** The policy of a domain, to be asked for once a delivery. */
    public Optional<StsPolicy> policy(Domain domain) {
        return policies.flatMap(all -> all.of(domain)).filter(policy -> policy.mode() == StsPolicy.Mode.ENFORCE);
    }

    /**
     * For an exchanger of a domain.
     *
     * @param policy what {@link #policy} answered for the domain
     * @param required whether the mail must not go in clear
     */
    public Answer of(Domain domain, Exchange exchange, Optional<StsPolicy> policy, boolean required) {
        if (dane && exchange.authenticated()) {
            switch (tlsa.of(exchange.host(), exchange.port())) {
                case TlsaLookup.Answer.Records(String base, List<Tlsa> records) -> {
                    List<Tlsa> usable =
                            records.stream().filter(TlsaRecords::isUsable).toList();
                    // RFC 7672 2.2: records of which none can be used still say that there is TLS.
                    return new Answer.Use(
                            usable.isEmpty()
                                    ? new Encryption.Required("dane-unusable")
                                    : new Encryption.Dane(usable, base, domain));
                }
                case TlsaLookup.Answer.Unknown(String reason) -> {
                    return new Answer.NotThisHost("its TLSA records cannot be had: " + reason);
                }
                case TlsaLookup.Answer.None none -> {
                    // No DANE at this host.
                }
            }
        }
        if (policy.isPresent()) {
            return policy.get().allows(exchange.host())
                    ? new Answer.Use(new Encryption.Verified("mta-sts"))
                    : new Answer.NotThisHost("it is not in the MTA-STS policy of " + domain);
        }
        return new Answer.Use(required ? Encryption.REQUIRED : Encryption.OPPORTUNISTIC);
    }
}
